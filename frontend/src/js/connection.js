// Say when the network is gone, so that nobody believes something was sent.
function show() {
  document.getElementById("offline")?.toggleAttribute("hidden", navigator.onLine);
}
addEventListener("online", show);
addEventListener("offline", show);
show();
