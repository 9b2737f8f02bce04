// Swedish for the words that Streamlit writes itself, and <html lang="sv">.
// Takes no data. Streamlit has no setting for its own words; a word missing here is found by tests/browser.
const ORD = new Map([
  ["Skip to main content", "Hoppa till innehållet"],
  ["App pages", "Sidor"],
  ["Main menu", "Meny"],
  ["Sidebar", "Meny"],
  ["Expand sidebar", "Öppna menyn"],
  ["Open sidebar", "Öppna menyn"],
  ["Collapse sidebar", "Stäng menyn"],
  ["Close sidebar", "Stäng menyn"],
  ["Close", "Stäng"],
  ["Open", "Öppna"],
  ["Cancel", "Avbryt"],
  ["Copy", "Kopiera"],
  ["Copied", "Kopierat"],
  ["Copy to clipboard", "Kopiera"],
  ["Running...", "Räknar …"],
  ["Running", "Räknar"],
  ["Stop", "Avbryt"],
  ["Rerun", "Kör om"],
  ["Fullscreen", "Helskärm"],
  ["Toggle fullscreen", "Helskärm"],
  ["Close fullscreen", "Stäng helskärm"],
  ["Show data", "Visa siffrorna"],
  ["Show chart", "Visa diagrammet"],
  ["No results", "Inga träffar"],
  ["No data", "Inga uppgifter"],
  ["empty", "tomt"],
  ["Select all", "Välj alla"],
  ["Clear all", "Rensa allt"],
  ["Clear value", "Rensa"],
  ["Clear selection", "Rensa valet"],
  ["Choose an option", "Välj"],
  ["Choose options", "Välj"],
  ["No options to select", "Inget att välja"],
  ["Select...", "Välj"],
  ["Choose date", "Välj datum"],
  ["Choose date range", "Välj datum"],
  ["Press Enter to apply", "Tryck på Enter"],
  ["Press Enter to submit form", "Tryck på Enter för att spara"],
  ["Browse files", "Välj fil"],
  ["Upload", "Välj fil"],
  ["file upload", "Välj fil"],
  ["Drag and drop file here", "Släpp filen här"],
  ["Drag and drop files here", "Släpp filerna här"],
  ["Remove file", "Ta bort filen"],
  ["Error:", "Fel: "],
  ["Try again", "Försök igen"],
  ["Page not found", "Sidan finns inte"],
  ["The page that you have requested does not seem to exist. Running the app's main page.",
   "Adressen leder inte till någon sida här. Läget visas i stället; andra sidor står i menyn."],
  ["Connection error", "Ingen förbindelse"],
  ["CONNECTING", "ANSLUTER"],
  ["Connecting", "Ansluter"],
  ["Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
   "Programmet svarar inte. Starta det igen:"],
  ["Help", "Hjälp"],
  ["Show help", "Visa hjälp"],
  ["Link to heading", "Länk till rubriken"],
  ["An error has occurred, please try again.", "Något gick fel, försök igen."],
  ["January", "januari"], ["February", "februari"], ["March", "mars"], ["April", "april"],
  ["May", "maj"], ["June", "juni"], ["July", "juli"], ["August", "augusti"],
  ["September", "september"], ["October", "oktober"], ["November", "november"], ["December", "december"],
]);
const MONSTER = [
  [/^You have requested page \/?(.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/,
   "Det finns ingen sida ”$1”. Läget visas i stället; andra sidor står i menyn."],
  [/^(\d+) more$/, "$1 till"],
  [/^Help for (.+)$/, "Hjälp om $1"],
  [/^Link to heading (.+)$/, "Länk till rubriken $1"],
  [/^Remove (.+)$/, "Ta bort $1"],
  [/^Clear (.+)$/, "Rensa $1"],
  [/^Limit (.+) per file(.*)$/, "Högst $1 per fil$2"],
  [/^([\d.]+) ?([KMG]B) per file(.*)$/, "Högst $1 $2 per fil$3"],
  [/^(?:Error: )?File must be ([\d]+)(?:\.\d+)? ?([KMG]B) or smaller\.$/, "Filen är för stor: högst $1 $2 per fil."],
  [/^(?:Error: )?(.+) files are not allowed\.$/, "Filer av slaget $1 godtas inte här."],
  [/^(.+)\.? Press Enter to apply$/, "$1 Tryck på Enter"],
];
const ATTRIBUT = ["aria-label", "placeholder", "title", "aria-roledescription"];

function svenska(text) {
  const word = text.trim();
  if (!word) return null;
  if (ORD.has(word)) return ORD.get(word);
  for (const [from, to] of MONSTER) if (from.test(word)) return word.replace(from, to);
  return null;
}

// What the app itself writes is Swedish already and is left alone; so are the names of icons.
const EGET = "[data-testid=stMarkdownContainer], [data-sv-eget], pre, textarea, script, style";

function text(node) {
  if (node.parentElement?.closest("[data-testid=stIconMaterial]")) return;
  const uploader = node.parentElement?.closest("[data-testid=stFileUploaderDropzone]");
  if (!uploader && node.parentElement?.closest(EGET)) return;
  const word = svenska(node.data);
  if (word !== null && word !== node.data) node.data = word;
}

function element(root) {
  for (const name of ATTRIBUT) {
    const word = svenska(root.getAttribute(name) ?? "");
    if (word !== null && word !== root.getAttribute(name)) root.setAttribute(name, word);
  }
}

function allt(root) {
  if (root.nodeType === Node.TEXT_NODE) return text(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  element(root);
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    if (walk.currentNode.nodeType === Node.TEXT_NODE) text(walk.currentNode);
    else element(walk.currentNode);
  }
}

export default function () {
  document.documentElement.lang = "sv";
  if (window.samverkanSprak) return;
  window.samverkanSprak = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(allt);
      else if (change.type === "characterData") text(change.target);
      else element(change.target);
    }
  });
  window.samverkanSprak.observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUT,
  });
  allt(document.body);
}
