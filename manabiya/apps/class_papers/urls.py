"""Addresses of class papers."""

from manabiya.apps.class_papers.policies import LIST_PRINT, PHOTO_VIEW
from manabiya.apps.class_papers.views import lists, photos
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route


def _school(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


ROUTES = (
    _school("papers/", lists.overview, LIST_PRINT, "class-papers"),
    _school("papers/<uuid:homeroom>/list/<slug:kind>/", lists.class_list, LIST_PRINT, "class-list"),
    _school(
        "papers/<uuid:homeroom>/labels/<slug:sheet>/", lists.labels, LIST_PRINT, "class-labels"
    ),
    _school("photos/", photos.overview, PHOTO_VIEW, "class-photos-home"),
    _school("photos/<uuid:homeroom>/", photos.roster, PHOTO_VIEW, "class-photos"),
    _school("photos/<uuid:homeroom>/paper/", photos.paper, PHOTO_VIEW, "class-photos-paper"),
    _school("photos/of/<uuid:student>/", photos.photo, PHOTO_VIEW, "student-photo"),
)
