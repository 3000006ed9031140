"""Addresses of the texts."""

from django.urls import path

from ikrar.texts.views import drafts, pages, public

app_name = "texts"
urlpatterns = [
    path("naskah/", pages.index, name="index"),
    path("naskah/baru/", drafts.begin, name="begin"),
    path("naskah/<str:sha256>/baca/", public.read, name="read"),
    path("naskah/<str:sha256>/berkas/", public.file, name="file"),
    path("naskah/<uuid:text_id>/", pages.show, name="show"),
    path("naskah/<uuid:text_id>/beda/", pages.difference, name="difference"),
    path("naskah/<uuid:text_id>/pindaian/", pages.scan, name="scan"),
    path("naskah/<uuid:text_id>/ubah/", drafts.edit, name="edit"),
    path("naskah/<uuid:text_id>/ajukan/", drafts.propose, name="propose"),
    path("naskah/<uuid:text_id>/tarik/", drafts.withdraw, name="withdraw"),
    path("naskah/<uuid:text_id>/hapus/", drafts.remove, name="remove"),
    path("naskah/<uuid:text_id>/setujui/", pages.approve, name="approve"),
    path("naskah/<uuid:text_id>/kembalikan/", pages.give_back, name="return"),
]
