// The upload of a register: looked at before it is sent, with a bar while it is on its way. Without this the form works too.
(() => {
  const form = document.getElementById("upload");
  if (!form) return;
  const file = form.querySelector("#file"), flaw = form.querySelector("#file-flaw"), button = form.querySelector("button");
  const line = form.querySelector(".upload-progress"), bar = line.querySelector("progress"), told = line.querySelector("output");

  const wrong = () => {
    const chosen = file.files[0];
    if (!chosen) return "";
    const name = chosen.name.toLowerCase();
    if (!form.dataset.endings.split(" ").some((ending) => name.endsWith(ending))) return form.dataset.foreign;
    return chosen.size > Number(form.dataset.largest) ? form.dataset.tooLarge : "";
  };
  const say = (words) => {
    flaw.textContent = words;
    file.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const rest = () => {
    line.hidden = true;
    button.disabled = false;
  };

  file.addEventListener("change", () => say(wrong()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say(wrong());
    if (flaw.textContent) {
      file.focus();
      return;
    }
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? (100 * loaded) / total : 0;
      told.textContent = `${Math.floor(bar.value)} %`;
    });
    sending.addEventListener("error", () => {
      rest();
      say(form.dataset.broken);
    });
    sending.addEventListener("load", () => {
      if (sending.status < 400) {
        window.location.assign(sending.responseURL);
        return;
      }
      rest();
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      say([...page.querySelectorAll(".flaws li")].map((entry) => entry.textContent.trim()).join(" ") || form.dataset.broken);
    });
    line.hidden = false;
    button.disabled = true;
    sending.send(new FormData(form));
  });
})();
