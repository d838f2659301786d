// Runs before the first paint so that a dark page never flashes white; a file of its own because the content security
// policy allows no inline script.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("trailwarden.color-scheme");
  } catch {
    // Storage may be forbidden; the system's choice stands.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
