"""Routes of the boards and of the public figures."""

from django.urls import path

from ikrar.oversight.views import board, public

app_name = "oversight"
urlpatterns = [
    path("kesiapan/", board.own_board, name="own_board"),
    path("kesiapan/<str:code>/", board.board, name="board"),
    path("kesiapan/<str:code>/<str:what>/", board.people, name="people"),
    path("badan/<str:code>/", board.body, name="body"),
    path("transparansi/", public.publishing, name="publishing"),
    path("transparansi/<str:code>/", public.transparency, name="transparency"),
    path("transparansi/<str:code>/data.csv", public.as_csv, name="csv"),
    path("transparansi/<str:code>/data.json", public.as_json, name="json"),
]
