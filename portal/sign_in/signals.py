from allauth.mfa.signals import authenticator_added, authenticator_used

from portal.sign_in.second_factor import record_second_factor

for signal in (authenticator_added, authenticator_used):
    signal.connect(record_second_factor, dispatch_uid="portal.sign_in.record_second_factor")
