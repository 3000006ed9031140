"""Addresses of signing in, accounts and people."""

from django.urls import path

from ikrar.access.views import account, demo, door, people, setup

app_name = "access"
urlpatterns = [
    path("masuk/", door.sign_in, name="sign_in"),
    path("masuk/kode/", door.code, name="code"),
    path("masuk/kode-pemulihan/", door.recovery_code, name="recovery_code"),
    path("masuk/lagi/", door.prove, name="prove"),
    path("masuk/undangan/", setup.invitation, name="invitation"),
    path("masuk/kata-sandi/", setup.password, name="password"),
    path("masuk/aplikasi/", setup.app, name="app"),
    path("keluar/", door.sign_out, name="sign_out"),
    path("akun/", account.show, name="account"),
    path("akun/kata-sandi/", account.change_password, name="change_password"),
    path("akun/ponsel/mulai/", account.start_phone, name="start_phone"),
    path("akun/ponsel/", account.phone, name="phone"),
    path("akun/kode-pemulihan/", account.renew_codes, name="renew_codes"),
    path("akun/perangkat/lain/keluar/", account.end_others, name="end_others"),
    path("akun/perangkat/<uuid:session>/keluar/", account.end_session, name="end_session"),
    path("akun/kunci/<uuid:key>/cabut/", account.revoke_key, name="revoke_key"),
    path("akun/peran/<uuid:grant>/", account.switch, name="switch"),
    path("kantor/orang/", people.people, name="people"),
    path("kantor/orang/undang/", people.invite, name="invite"),
    path("kantor/orang/<uuid:account>/", people.person, name="person"),
    path("kantor/orang/<uuid:account>/tautan/", people.reissue, name="reissue"),
    path("kantor/orang/<uuid:account>/peran/", people.give_role, name="give_role"),
    path("kantor/orang/<uuid:account>/peran/<uuid:grant>/akhiri/", people.revoke, name="revoke"),
    path("kantor/orang/<uuid:account>/akhiri/", people.end_account, name="end_account"),
    path("pintu-simulasi/", demo.open_door, name="demo_door"),
]
