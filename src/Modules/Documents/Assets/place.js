// Placing boxes on a page by dragging or with the arrow keys. The numbers of the form stay the truth; without this file they are typed.
(() => {
  "use strict";

  const sheet = document.querySelector("svg.sheet");
  if (!sheet || sheet.dataset.movable === undefined) return;
  const MM = 72 / 25.4;
  const [, , width, height] = sheet.getAttribute("viewBox").split(" ").map(Number);

  const input = (name, what) => document.querySelector(`[name="${name}-${what}"]`);

  const boxOf = (group) => {
    const rect = group.querySelector("rect");
    const label = group.querySelector("text");
    const read = (key) => Number(rect.getAttribute(key));
    return {
      name: group.dataset.box,
      get x() { return read("x"); },
      get y() { return read("y"); },
      get w() { return read("width"); },
      get h() { return read("height"); },
      put(x, y) {
        x = Math.max(0, Math.min(x, width - this.w));
        y = Math.max(0, Math.min(y, height - this.h));
        rect.setAttribute("x", x.toFixed(1));
        rect.setAttribute("y", y.toFixed(1));
        this.relabel();
        input(this.name, "x").value = (x / MM).toFixed(1);
        input(this.name, "y").value = (y / MM).toFixed(1);
      },
      size(w, h) {
        rect.setAttribute("width", w.toFixed(1));
        rect.setAttribute("height", h.toFixed(1));
        this.relabel();
      },
      relabel() {
        label.setAttribute("x", this.x.toFixed(1));
        label.setAttribute("y", (this.y - 3).toFixed(1));
      },
    };
  };

  const groups = [...sheet.querySelectorAll("g.box")];
  const boxes = new Map(groups.map((group) => [group.dataset.box, boxOf(group)]));

  // The seal overlaps the signature by the same part wherever the signature goes.
  const moveBy = (box, dx, dy) => {
    const [x, y] = [box.x, box.y];
    box.put(x + dx, y + dy);
    const seal = boxes.get("seal");
    if (box.name === "signature" && seal) seal.put(seal.x + box.x - x, seal.y + box.y - y);
  };

  const point = (event) => new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());

  for (const group of groups) {
    const box = boxes.get(group.dataset.box);
    group.setAttribute("tabindex", "0");
    group.setAttribute("aria-label", `${group.getAttribute("aria-label")}: ${sheet.dataset.hint}`);
    group.classList.add("movable");

    group.addEventListener("pointerdown", (down) => {
      if (down.button !== 0) return;
      group.setPointerCapture(down.pointerId);
      group.focus();
      down.preventDefault();
      let last = point(down);
      const move = (event) => {
        const here = point(event);
        moveBy(box, here.x - last.x, here.y - last.y);
        last = here;
      };
      const up = () => {
        group.removeEventListener("pointermove", move);
        group.removeEventListener("pointerup", up);
        group.removeEventListener("pointercancel", up);
      };
      group.addEventListener("pointermove", move);
      group.addEventListener("pointerup", up);
      group.addEventListener("pointercancel", up);
    });

    group.addEventListener("keydown", (event) => {
      const step = (event.shiftKey ? 10 : 1) * MM;
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (!by) return;
      event.preventDefault();
      moveBy(box, by[0], by[1]);
    });
  }

  document.querySelector(".place-numbers").addEventListener("change", (event) => {
    const name = event.target.closest("tr").dataset.numbers;
    const box = boxes.get(name);
    if (!box) return;
    const mm = (what) => Number(input(name, what).value) * MM;
    box.size(Math.max(mm("w"), 1), Math.max(mm("h"), 1));
    box.put(mm("x"), mm("y"));
  });
})();
