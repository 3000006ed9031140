"""Routes of ceremonies, roll calls and records."""

from django.urls import path

from ikrar.oath.views import overview, prepare, record, roll, steps

app_name = "oath"
urlpatterns = [
    path("sumpah/", overview.index, name="index"),
    path("sumpah/baru/", prepare.create, name="create"),
    path("sumpah/susulan/", prepare.create_later, name="create_later"),
    path("sumpah/<uuid:ceremony_id>/", roll.show, name="show"),
    path("sumpah/<uuid:ceremony_id>/tandai/", roll.mark, name="mark"),
    path("sumpah/<uuid:ceremony_id>/semua-hadir/", roll.all_present, name="all_present"),
    path("sumpah/<uuid:ceremony_id>/urungkan/", roll.undo, name="undo"),
    path("sumpah/<uuid:ceremony_id>/tambahkan/", prepare.add_newcomers, name="add_newcomers"),
    path("sumpah/<uuid:ceremony_id>/ubah/", prepare.change, name="change"),
    path("sumpah/<uuid:ceremony_id>/batalkan/", prepare.cancel, name="cancel"),
    path("sumpah/<uuid:ceremony_id>/orang/<uuid:member>/batalkan/", roll.void, name="void"),
    path("sumpah/<uuid:ceremony_id>/naskah/", steps.text, name="text"),
    path("sumpah/<uuid:ceremony_id>/selesai/", steps.finish, name="finish"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/", record.show, name="record"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/berkas/", record.file, name="record_file"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/halaman/", record.picture, name="record_picture"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/cetak/", record.print_out, name="record_print"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/batalkan/", record.void, name="record_void"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/pindaian/", record.scan, name="record_scan"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/pindaian/<uuid:scan_id>/", record.scan_file, name="scan_file"),
    path("sumpah/<uuid:ceremony_id>/berita-acara/pindaian/<uuid:scan_id>/batalkan/", record.void_scan, name="scan_void"),
]
