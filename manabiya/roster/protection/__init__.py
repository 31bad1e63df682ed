"""Protection (支援措置など): a child is kept from a person, on every path.

Decisions
- **One deed covers the family.** Children who share a guardian live together; leaving out the
  sibling at the junior high school would give the address away there. So whoever may protect one
  of them (principal, vice principal, the board) protects its siblings with it, also at other
  schools of the municipality. The other school is told: the child stands in its list from that
  moment and its 今日 says so for two weeks. It may end what was set for its own child.
- **The right goes, not the login.** Ending rights answers every path at once, in the same
  transaction: screens, reports, papers with a QR code. The person logs in as before and finds
  what somebody finds who was never registered. No byte says why.
- **Held three times.** Rights end when the protection is set; every read of rights leaves the
  excluded out (``models.protection.standing_rights``); a trigger refuses to write such a right.
- **Staff ask first.** Queries give no phone and no address of a protected child
  (:mod:`.masks`); principal, vice principal or office of the child's school open them for one
  look, with a reason that stays.
- **It never lapses.** ``review_on`` only warns. Somebody ends it, with a reason, and nobody gets
  a right back by that.
"""
