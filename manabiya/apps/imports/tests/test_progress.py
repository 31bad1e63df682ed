"""How far an import is: a share that only grows, from 0 to the whole."""

from manabiya.apps.imports.progress import APPLYING, EVERY, PLANNING, Progress
from manabiya.apps.imports.tests.conftest import text_of, wide_rows


def heard(weights):
    told = []
    return told, Progress(weights, lambda share, words: told.append((share, words)))


def test_the_weights_of_all_stages_are_the_whole():
    assert sum(PLANNING.values()) == sum(APPLYING.values()) == 100


def test_rows_are_counted_within_their_stage():
    told, progress = heard(PLANNING)
    progress.stage("read", "読む", 4 * EVERY)
    progress.step(EVERY)
    progress.stage("read", "次を読む")
    for _ in range(EVERY):
        progress.step()
    progress.stage("roster", "名簿")
    assert told == [
        (0, "読む(0 / 1,000)"),
        (8, "読む(250 / 1,000)"),
        (8, "次を読む(250 / 1,000)"),
        (17, "次を読む(500 / 1,000)"),
        (35, "名簿"),
    ]


def test_more_steps_than_foreseen_are_no_more_than_the_stage():
    told, progress = heard(APPLYING)
    progress.stage("write", "書く", 10)
    progress.step(10 * EVERY)
    assert told[-1] == (100, "書く(10 / 10)")


def test_a_real_plan_goes_through_every_row_once(scope, board):
    from manabiya.apps.imports.files import plan_of

    rows = wide_rows(scope)
    run = board.try_files(("a.csv", text_of(rows)))
    told, progress = heard(PLANNING)
    plan_of(run, progress)
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert progress.done == progress.total == 2 * len(rows)
    assert progress.share == 95
