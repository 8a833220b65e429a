from django import forms


class ContactForm(forms.Form):
    pass
