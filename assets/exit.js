/* "Leave this site": blank at once, and no entry in Back. Without this script
   the link is a plain link. Written for browsers of 2015. */
(function () {
  var exit = document.getElementById("exit");
  var status = document.getElementById("leaving");
  var title = document.title;
  var SHIFT = 16;
  var WITHIN = 5000; /* ms for three presses */
  var pressed = []; /* when Shift was pressed alone, the latest last */
  var alone = false;

  function leave() {
    document.title = exit.getAttribute("data-title");
    document.body.hidden = true;
    location.replace(exit.href);
  }

  function recent() {
    var now = Date.now();
    pressed = pressed.filter(function (time) {
      return now - time < WITHIN;
    });
    return pressed.length;
  }

  function tell() {
    status.textContent = (recent() && status.getAttribute("data-" + (3 - pressed.length))) || "";
  }

  function forget() {
    alone = false;
    pressed = [];
    tell();
  }

  /* Every link to the exit's address is an exit, with whatever key is held and
     with the middle button too; the right one only asks for a menu. */
  function follow(event) {
    var link = event.target;
    while (link && link.nodeName !== "A") link = link.parentNode;
    if (link && link.href === exit.href && event.button < 2) {
      event.preventDefault();
      leave();
    }
  }
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);

  /* Shift counts when it is let go, and only if nothing else was pressed with
     it and it was not held: holding repeats the event. */
  document.addEventListener("keydown", function (event) {
    if (event.keyCode === SHIFT && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey) alone = true;
    else forget();
  });
  document.addEventListener("mousedown", forget);
  document.addEventListener("wheel", forget);
  document.addEventListener("keyup", function (event) {
    if (event.keyCode !== SHIFT || !alone) return;
    alone = false;
    pressed.push(Date.now());
    if (recent() > 2) leave();
    tell();
    setTimeout(tell, WITHIN);
  });

  /* Whoever comes back to the page on purpose finds it as it was. */
  addEventListener("pageshow", function () {
    document.title = title;
    document.body.hidden = false;
    forget();
  });
})();
