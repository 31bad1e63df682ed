"""A capability that lives only in the tests: it joins the house without editing it."""
