/* Says which days have room. It says nothing until something is ticked, and
   forgets it all when the page is left. Written for browsers of 2015. */
(function () {
  var planner = document.getElementById("planner");
  if (!planner) return;
  var answer = planner.querySelector("output");
  var days = planner.querySelectorAll("fieldset");

  function says(name) {
    return answer.getAttribute("data-" + name);
  }

  function list(words) {
    if (words.length < 2) return words.join("");
    return words.slice(0, -1).join(", ") + " " + says("and") + " " + words[words.length - 1];
  }

  function sentence(free) {
    if (!free.length) return says("none");
    var enough = free.length >= planner.getAttribute("data-least");
    return says("room") + " " + list(free) + ". " + says(enough ? "enough" : "few");
  }

  /* A day has room if one of its times is not ticked. */
  function look() {
    var free = [];
    for (var n = 0; n < days.length; n++) {
      if (days[n].querySelector("input:not(:checked)")) free.push(days[n].querySelector("legend").textContent);
    }
    answer.textContent = planner.querySelector(":checked") ? sentence(free) : "";
  }

  planner.addEventListener("change", look);
  addEventListener("pageshow", function () {
    var boxes = planner.querySelectorAll("input");
    for (var n = 0; n < boxes.length; n++) boxes[n].checked = false;
    look();
  });
})();
