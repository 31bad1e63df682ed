"""Pages of enrolling: 転出入, 学級の変更, 年度末確定."""
