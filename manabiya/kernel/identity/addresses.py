"""Where a request really comes from, for the limits that count by address.

Behind a TLS proxy every request comes from the proxy: counted by that, one person's mistakes
would lock a whole city out. So the proxy's own word is believed (``X-Forwarded-For``, from the
right), but only from the addresses of ``TRUSTED_PROXIES``.
"""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the person's device, as far as trusted proxies tell it."""
    found: str = request.META.get("REMOTE_ADDR", "")
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    for hop in reversed([hop.strip() for hop in hops]):
        if not _is_trusted(found) or not _is_address(hop):
            return found
        found = hop
    return found


def comes_from_proxy(request: HttpRequest) -> bool:
    """Return whether one of the trusted proxies itself brought the request."""
    return _is_trusted(request.META.get("REMOTE_ADDR", ""))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(address: str) -> bool:
    return _is_address(address) and any(
        ip_address(address) in ip_network(network, strict=False)
        for network in settings.TRUSTED_PROXIES
    )
