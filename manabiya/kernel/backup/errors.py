"""What a backup or a restore refuses, in words that say what to do."""


class BackupRefused(RuntimeError):
    """The backup or restore can't be done; the message says why and what to do."""


def no_key() -> BackupRefused:
    """Return the error for a missing or unusable key."""
    return BackupRefused(
        "鍵がありません。--key-file に鍵のファイルを、または MANABIYA_BACKUP_KEY に鍵を入れてください。"
        "鍵は manabiya backup --new-key ファイル名 で作れます(16進の64文字)。"
    )


def wrong_key() -> BackupRefused:
    """Return the error for another key than the one the file was written with."""
    return BackupRefused(
        "鍵がちがいます(または、ファイルの頭が変えられています)。この控えを取ったときの鍵を使ってください。"
        "何も変えていません。"
    )


def not_a_backup() -> BackupRefused:
    """Return the error for a file of another kind."""
    return BackupRefused("学び舎の控えではありません。何も変えていません。")


def tampered() -> BackupRefused:
    """Return the error for changed, cut or reordered content."""
    return BackupRefused(
        "控えの中身がこわれているか、変えられています。この控えからは戻せません。"
        "別の控えを使ってください。何も変えていません。"
    )


def truncated() -> BackupRefused:
    """Return the error for a file without its end."""
    return BackupRefused(
        "控えが途中で切れています。この控えからは戻せません。"
        "別の控えを使ってください。何も変えていません。"
    )


def other_schema(missing: list[str], unknown: list[str]) -> BackupRefused:
    """Return the error for a backup of another version of the tables."""
    age = "新しい" if unknown else "古い"
    names = "、".join((unknown or missing)[:3])
    return BackupRefused(
        f"控えは、いまの学び舎より{age}版で取ったものです({names})。"
        "控えを取ったときの版の学び舎で戻し、そのあとで版を上げて migrate を通してください。"
        "何も変えていません。"
    )


def living_city() -> BackupRefused:
    """Return the error for a place that is in use."""
    return BackupRefused(
        "ここには自治体のデータがあります。上書きはしません。"
        "新しい空のデータベースと、空のデータフォルダー(MANABIYA_DATA_DIR)に戻してください。"
        "何も変えていません。"
    )


def blind_role(role: str) -> BackupRefused:
    """Return the error for a backup role that doesn't see every row."""
    return BackupRefused(
        f"控えの役割 {role} は、行の壁の内側にいます。取ると中身のない控えになるので、始めません。"
        "BYPASSRLS の役割を DATABASE_BACKUP_URL に指定してください(docs/operations.md の2章)。"
    )


def not_enough_room(reason: str) -> BackupRefused:
    """Return the error for a disk or database that can't take the restored content."""
    return BackupRefused(
        f"戻せませんでした({reason})。ディスクの空きとデータベースの許可を確かめて、"
        "もう一度戻してください。データベースとファイルは、空のままです。"
    )


def database_trouble(reason: str) -> BackupRefused:
    """Return the error for a database that doesn't answer as it should; names no value of a row."""
    return BackupRefused(
        f"データベースを読めませんでした({reason})。接続先と役割を確かめて、もう一度取ってください。"
        "途中の控えは残していません。"
    )
