"""The demo's lists have life in them: answers, partners, and decisions that fit."""

from manabiya.apps.paperwork.models import PaperProposal, PaperUse


def test_some_schools_accepted_some_declined_with_a_reason(city):
    with city.tenant():
        rows = list(PaperProposal.objects.all())
        answers = {row.answer for row in rows}
        assert {"open", "accepted", "declined"} <= answers
        assert all(row.words for row in rows if row.answer == "declined")
        for row in rows:
            if row.answer == "accepted":
                use = PaperUse.objects.get(
                    school_id=row.school_id, catalog_paper_id=row.catalog_paper_id
                )
                assert (use.decision, use.due_on) == (row.decision, row.due_on)
                step = use.changes.get(deed="decided")
                assert (step.changed_at, step.changed_by_id) == (
                    row.answered_at,
                    row.answered_by_id,
                )


def test_lines_to_somebody_outside_name_a_partner(city):
    with city.tenant():
        named = PaperUse.objects.filter(partner__isnull=False)
        assert set(named.values_list("with_whom", flat=True)) == {"partner"}
        assert named.filter(school__isnull=False).exists()
        assert named.get(school=None).partner.name == "北の杜学校給食センター"
