// Progressive help only: every form works without this file.
(() => {
  "use strict";

  const progressOf = (form) => form.querySelector(".upload-progress");

  const say = (box, text, percent) => {
    box.hidden = false;
    box.querySelector(".upload-text").textContent = text;
    const bar = box.querySelector("progress");
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
  };

  // A page that answers the post itself takes the place of this one; a redirect is followed.
  const show = (request, form) => {
    const asked = new URL(form.getAttribute("action"), location.href).href.split("#")[0];
    if (request.responseURL && request.responseURL !== asked) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = page.title;
    document.body.replaceWith(page.body);
    const main = document.getElementById("content");
    if (main) main.focus();
    scrollTo(0, 0);
  };

  const send = (form, submitter) => {
    const box = progressOf(form);
    const data = new FormData(form, submitter);
    const request = new XMLHttpRequest();
    const buttons = form.querySelectorAll("button");
    const free = () => {
      buttons.forEach((b) => { b.disabled = false; });
      delete form.dataset.sending;
    };
    const started = Date.now();
    request.open("POST", form.getAttribute("action"));
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", (e) => {
      if (!e.lengthComputable) return;
      const percent = Math.floor((100 * e.loaded) / e.total);
      const seconds = Math.ceil(((Date.now() - started) / 1000) * (e.total / e.loaded - 1));
      const left = seconds > 3 ? ` (${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")})` : "";
      say(box, `${box.dataset.sending}: ${percent} %${left}`, percent);
    });
    request.upload.addEventListener("load", () => say(box, box.dataset.working, null));
    request.addEventListener("load", () => { free(); show(request, form); });
    request.addEventListener("error", () => { free(); say(box, box.dataset.failed, 0); });
    form.dataset.sending = "1";
    buttons.forEach((b) => { b.disabled = true; });
    say(box, `${box.dataset.sending}: 0 %`, 0);
    request.send(data);
  };

  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sending) {
      e.preventDefault();
      return;
    }
    if (form.dataset.upload !== undefined && progressOf(form)) {
      e.preventDefault();
      send(form, e.submitter);
      return;
    }
    // A second press of the same button must not send the same act twice.
    form.dataset.sending = "1";
    setTimeout(() => { delete form.dataset.sending; }, 8000);
  });

  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sending]").forEach((f) => { delete f.dataset.sending; });
  });

  document.addEventListener("change", (e) => {
    const input = e.target;
    if (input.type !== "file" || !input.dataset.max) return;
    const tooLarge = input.files.length > 0 && input.files[0].size > Number(input.dataset.max);
    input.setCustomValidity(tooLarge ? input.dataset.tooLarge : "");
    if (tooLarge) input.reportValidity();
  });

  document.addEventListener("change", (e) => {
    const form = e.target.form;
    if (form && form.dataset.autosubmit !== undefined) form.requestSubmit();
  });
})();
