"""Changes of a school day: 休校, 学年閉鎖, 学級閉鎖, 始業の繰下げ, an early end."""
