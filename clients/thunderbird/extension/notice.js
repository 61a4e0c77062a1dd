/* Shows one sentence, where the system shows no notifications. */

"use strict";

document.getElementById("notice").textContent = decodeURIComponent(location.hash.slice(1));
document.getElementById("close").addEventListener("click", () => window.close());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    window.close();
  }
});
