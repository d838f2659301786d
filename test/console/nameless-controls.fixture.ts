/** Controls that a screen reader could only call "button" or "edit text". Runs in the page. */
export function namelessControls(): string[] {
  const nameless = (element: Element): boolean => {
    const labels = (element as HTMLInputElement).labels;
    const text = [...(labels ?? [])].map((label) => label.textContent ?? "").join("");
    return `${element.getAttribute("aria-label") ?? ""}${text}${element.textContent ?? ""}`.trim() === "";
  };
  return [...document.querySelectorAll("button, a, input, select, textarea, [role=gridcell]")]
    .filter(nameless)
    .map((element) => element.outerHTML.slice(0, 200));
}
