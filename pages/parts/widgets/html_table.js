// A semantic table that sorts. Everything shown is set with textContent: the data are untrusted text.
const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
const DIRECTION = { ascending: "stigande", descending: "fallande" };

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function cell(tag, column, text, mark, link) {
  const node = make(tag, column.tal ? "sv-tal" : "");
  if (tag === "th") node.scope = "row";
  if (link) {
    const anchor = make("a", "", text);
    anchor.setAttribute("href", link);
    anchor.target = "_self";
    node.append(anchor);
  } else {
    node.append(text);
  }
  if (mark) node.append(" ", make("span", "sv-marke", mark));
  return node;
}

function line(data, row) {
  const tr = make("tr", row.framhav ? "sv-framhav" : "");
  data.kolumner.forEach((column, i) => {
    tr.append(cell(i ? "td" : "th", column, row.celler[i], row.marken[i], i ? null : row.lank));
  });
  return tr;
}

function order(data, sort) {
  const index = data.rader.map((_, i) => i);
  if (sort.direction === "none") return index;
  const rank = data.kolumner[sort.column].ordning;
  const sign = sort.direction === "ascending" ? 1 : -1;
  // A missing value has rank null and stays last in both directions.
  return index.sort((a, b) =>
    (rank[a] === null) - (rank[b] === null) || sign * (rank[a] - rank[b]) || a - b);
}

export default function ({ data, parentElement }) {
  const sort = parentElement.svSort ?? { column: 0, direction: "none" };
  if (sort.column >= data.kolumner.length) Object.assign(sort, { column: 0, direction: "none" });
  parentElement.svSort = sort;

  const region = make("div", "sv-tabell");
  region.dataset.svEget = "";
  if (data.hojd) region.style.maxHeight = `${data.hojd}px`;
  const table = make("table");
  const caption = make("caption", data.dold_rubrik ? "sv-dold" : "", "");
  caption.append(make("span", "", data.rubrik));
  const head = make("tr");
  const body = make("tbody");

  const fill = () => {
    body.replaceChildren(...order(data, sort).map((i) => line(data, data.rader[i])));
    [...head.children].forEach((th, i) => {
      if (!data.sorterbar) return;
      const direction = i === sort.column ? sort.direction : "none";
      th.setAttribute("aria-sort", direction);
      th.firstChild.title = direction === "none"
        ? "Sortera" : `Sorterad ${DIRECTION[direction]}. Klicka för att ändra`;
    });
  };

  data.kolumner.forEach((column, i) => {
    const th = make("th", column.tal ? "sv-tal" : "");
    th.scope = "col";
    if (data.sorterbar) {
      const button = make("button", "", column.titel);
      button.type = "button";
      button.addEventListener("click", () => {
        sort.direction = NEXT[i === sort.column ? sort.direction : "none"];
        sort.column = i;
        fill();
      });
      th.append(button);
    } else {
      th.textContent = column.titel;
    }
    head.append(th);
  });

  const thead = make("thead");
  thead.append(head);
  table.append(caption, thead, body);
  if (data.summa) {
    const foot = make("tfoot");
    foot.append(line(data, data.summa));
    table.append(foot);
  }
  fill();
  region.append(table);
  const old = parentElement.querySelector(":scope > .sv-tabell");
  const focused = old?.contains(document.activeElement)
    ? [...old.querySelectorAll("thead button")].indexOf(document.activeElement) : -1;
  const left = old?.scrollLeft ?? 0;
  if (old) old.replaceWith(region);
  else parentElement.append(region);
  region.scrollLeft = left;
  if (focused >= 0) region.querySelectorAll("thead button")[focused]?.focus();

  // A region of its own, in the tab order, only while there is something to scroll to.
  const watch = new ResizeObserver(() => {
    const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    if (scrolls) {
      region.tabIndex = 0;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", `${data.rubrik} (går att rulla)`);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
    }
  });
  watch.observe(region);
  return () => watch.disconnect();
}
