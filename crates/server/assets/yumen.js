// Comfort only: every page is complete without this file.
"use strict";
(() => {
  // Buttons that need a script show themselves.
  for (const button of document.querySelectorAll(".js-print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll(".js-copy")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(field.value);
        button.textContent = "✓ " + button.textContent.replace("✓ ", "");
      } catch {
        field.select();
      }
    });
  }
  const errors = document.getElementById("errors");
  if (errors) errors.focus();

  const later = (wait, work) => {
    let timer;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(...given), wait);
    };
  };

  // Suggestions below the question while typing: links, not a list that takes the keyboard away.
  for (const area of document.querySelectorAll("textarea[data-suggest]")) {
    const list = document.createElement("ul");
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("aria-live", "polite");
    area.after(list);
    let asked = 0;
    area.addEventListener("input", later(250, async () => {
      const words = area.value.trim().slice(-60);
      const mine = ++asked;
      if (words.length < 2) {
        list.hidden = true;
        return;
      }
      try {
        const answer = await fetch(area.dataset.suggest + "&q=" + encodeURIComponent(words));
        const found = answer.ok ? await answer.json() : [];
        if (mine !== asked) return;
        list.replaceChildren(...found.map((one) => {
          const item = document.createElement("li");
          const link = document.createElement("a");
          link.href = one.href;
          link.textContent = (one.code ? one.code + " " : "") + one.name;
          const standing = document.createElement("span");
          standing.className = "src";
          standing.textContent = one.standing ? " " + one.standing : "";
          item.append(link, standing);
          return item;
        }));
        list.hidden = found.length === 0;
      } catch {
        list.hidden = true;
      }
    }));
  }

  // Lists narrow while typing: the same page is asked again and its results put in place.
  for (const field of document.querySelectorAll("input[data-live]")) {
    const target = document.getElementById(field.dataset.live);
    let asked = 0;
    field.addEventListener("input", later(200, async () => {
      const mine = ++asked;
      const query = new URLSearchParams(new FormData(field.form));
      const address = field.form.getAttribute("action") + "?" + query;
      try {
        const answer = await fetch(address);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(target.id);
        if (mine !== asked || !fresh) return;
        target.replaceChildren(...fresh.childNodes);
        history.replaceState(null, "", address);
      } catch {
        // The form still works.
      }
    }));
  }
})();
