"""Routes of the boards, of the public figures, and of the pages that check a code or a file."""

from django.urls import path

from ikrar.oversight.views import board, public, verify

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
    path("v/", verify.start, name="verify_start"),
    path("v/berkas/", verify.compare_any, name="verify_any_file"),
    path("v/<str:code>/", verify.show, name="verify"),
    path("v/<str:code>/berkas/", verify.compare, name="verify_file"),
    path("v/<str:code>/bukti.tlog-proof", verify.proof, name="verify_proof"),
]
