"""Forms of the sample pages; the project's own forms belong to the rooms."""

from django import forms

from ikrar.core.forms import DatePartsField, DayInput, Group, SixDigits


class MemberForm(forms.Form):
    """Three fields save; the rest may follow."""

    name = forms.CharField(label="Nama menurut KTP", help_text="Satu kata pun boleh. Jangan menambah gelar.")
    body = forms.ChoiceField(
        label="Badan", choices=[("1", "PPS Manuntung, Kusan Hulu")], help_text="Keanggotaan 2 dari 3"
    )
    position = forms.ChoiceField(
        label="Jabatan",
        choices=[("CHAIR", "Ketua"), ("MEMBER", "Anggota")],
        widget=forms.RadioSelect,
        help_text="Ketua: Rabiatul Adawiyah",
    )
    decree = forms.CharField(label="Nomor keputusan")
    decreed_on = forms.DateField(label="Tanggal keputusan", widget=DayInput)
    starts_on = forms.DateField(label="Menjabat mulai", widget=DayInput)
    way = forms.ChoiceField(
        label="Cara mengisi yang lowong",
        choices=[("list", "Calon pengganti"), ("direct", "Penunjukan langsung")],
        widget=forms.RadioSelect,
        help_text="Penggantian butuh nomor keputusan. Pindaiannya boleh menyusul.",
    )
    nik = forms.CharField(label="NIK", required=False, widget=forms.TextInput({"placeholder": "16 angka"}))
    born_on = forms.DateField(label="Tanggal lahir", required=False, widget=DayInput)
    phone = forms.CharField(
        label="Nomor telepon", required=False, widget=forms.TextInput({"placeholder": "0812 3456 7890"})
    )
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        required=False,
        choices=[("F", "Perempuan"), ("M", "Laki-laki")],
        widget=forms.RadioSelect,
    )
    groups = [
        Group("Yang wajib", ["name", ("body", "position")], "tiga isian"),
        Group("Pengangkatan", [("decree", "decreed_on", "starts_on"), "way"]),
        ("Boleh menyusul", [("nik", "born_on"), ("phone", "sex")]),
    ]

    def clean_nik(self) -> str:
        nik: str = self.cleaned_data["nik"]
        if nik and len(nik) != 16:
            raise forms.ValidationError(f"NIK harus 16 angka. Baru {len(nik)} angka.")
        return nik


class LinkForm(forms.Form):
    """Two things that only the member knows."""

    born_on = DatePartsField(label="Tanggal lahir Anda")
    nik_end = forms.CharField(
        label="Empat angka terakhir NIK",
        max_length=4,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text="Ada di KTP. Angka lain tidak ditanyakan.",
    )


class EverythingForm(forms.Form):
    """One field of each kind."""

    password = forms.CharField(label="Kata sandi", widget=forms.PasswordInput)
    code = forms.CharField(label="Kode 6 angka dari ponsel", widget=SixDigits)
    answer = forms.ChoiceField(
        label="Apa yang harus Anda lakukan?",
        choices=[
            (n, text) for n, text in enumerate(["Menerima dengan kuitansi", "Menolak pemberian dan janji semacam itu"])
        ],
        widget=forms.RadioSelect,
    )
    bodies = forms.MultipleChoiceField(
        label="Badan", choices=[("PPK", "PPK"), ("PPS", "PPS")], widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="Alasan", widget=forms.Textarea)
    scan = forms.FileField(label="Pindaian", help_text="PDF atau foto, paling besar 20 MB")
    remember = forms.BooleanField(label="Ingat susunan ini untuk berkas berikutnya", required=False)


class OfficeForm(forms.Form):
    """The letterhead of an office."""

    emblem = forms.FileField(label="Lambang kantor", required=False, help_text="PNG atau SVG, sedikitnya 400 × 400.")
    line_1 = forms.CharField(label="Baris pertama")
    line_2 = forms.CharField(label="Baris kedua", help_text="Diketahui dari wilayah 63.10.")
    phone = forms.CharField(label="Telepon")
    mail = forms.EmailField(label="Surel")
    zone = forms.ChoiceField(
        label="Zona waktu", choices=[(z, z) for z in ("WIB", "WITA", "WIT")], widget=forms.RadioSelect
    )
    paper = forms.ChoiceField(label="Kertas", choices=[("A4", "A4"), ("F4", "F4")], widget=forms.RadioSelect)
    groups = [
        Group("Kop surat", ["emblem", "line_1", "line_2", ("phone", "mail")], "dipakai semua surat sesudah ini"),
        Group("Waktu dan kertas", [("zone", "paper")]),
    ]
