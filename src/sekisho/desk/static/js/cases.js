// Cases: the hash of a document is worked out here, from a file that is not sent. Without this the fields are filled by hand.
(function () {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const choice = byId("document-choice"), file = byId("document-file"), said = byId("document-said");
  if (!choice || !file || !window.crypto || !window.crypto.subtle) return;
  choice.hidden = false;

  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  file.addEventListener("change", async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    said.textContent = said.dataset.busy;
    try {
      const digest = await window.crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
      if (file.files[0] !== chosen) return;
      byId("document-name").value = chosen.name;
      byId("document-size").value = String(chosen.size);
      byId("document-sha256").value = hex(digest);
      said.textContent = said.dataset.done;
    } catch (error) {
      said.textContent = said.dataset.failed;
    }
  });
})();
