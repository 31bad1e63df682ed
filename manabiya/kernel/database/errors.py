"""What can go wrong with the embedded server, in words that say what to do."""


class DatabaseUnavailable(RuntimeError):
    """The embedded PostgreSQL can't be used; the message says why and what to do."""


def no_binaries() -> DatabaseUnavailable:
    """Return the error for a machine without PostgreSQL binaries."""
    return DatabaseUnavailable(
        "PostgreSQL の実行ファイルが見つかりません。"
        "make run で依存パッケージを入れ直すか、PostgreSQL 15 以上を入れてください。"
    )


def other_version(found: str, wanted: str) -> DatabaseUnavailable:
    """Return the error for a data folder of another major version."""
    return DatabaseUnavailable(
        f"データフォルダーは PostgreSQL {found} のものです。いまの実行ファイルは {wanted} です。"
        f"データは変えていません。PostgreSQL {found} の pg_dump で書き出し、"
        "新しいデータフォルダーに pg_restore で戻してください(docs/operations.md)。"
    )


def not_writable(folder: object) -> DatabaseUnavailable:
    """Return the error for a folder that can't be written."""
    return DatabaseUnavailable(
        f"フォルダーに書けません: {folder}。"
        "MANABIYA_DATA_DIR に、書けて空きのあるフォルダーを指定してください。"
    )


def did_not_start(log_tail: str) -> DatabaseUnavailable:
    """Return the error for a server that did not come up, with the end of its log."""
    return DatabaseUnavailable(
        "組み込みの PostgreSQL が立ち上がりませんでした。データは変えていません。"
        f"記録の終わり:\n{log_tail}"
    )
