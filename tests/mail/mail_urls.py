"""The portal's addresses and the demonstration's mailbox, for ``pytest.mark.urls``."""

from portal.mail.urls import mailbox_urls
from portal.urls import urlpatterns as portal_urls

urlpatterns = [*mailbox_urls, *portal_urls]
