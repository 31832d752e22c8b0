/* "Leave this site": blank at once, and no entry in Back. Without this script
   the link is a plain link. Written for browsers of 2015. */
(function () {
  var exit = document.getElementById("exit");
  var status = document.getElementById("leaving");
  var title = document.title;
  var SHIFT = 16;
  var WITHIN = 5000; /* ms for three presses */
  var HELD = 1000; /* ms after which a press is none */
  var pressed = []; /* when Shift was pressed alone, the latest last */
  var alone = null; /* when Shift went down, as long as nothing else does */

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
    alone = null;
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
     it and it was not held, which repeats the event on some systems. */
  document.addEventListener("keydown", function (event) {
    if (event.keyCode === SHIFT && !event.repeat && !event.ctrlKey && !event.altKey && !event.metaKey) alone = Date.now();
    else forget();
  });
  document.addEventListener("mousedown", forget);
  document.addEventListener("wheel", forget);
  document.addEventListener("keyup", function (event) {
    if (event.keyCode !== SHIFT || alone === null) return;
    if (Date.now() - alone > HELD) return forget();
    alone = null;
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
