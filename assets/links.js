/* Links inside the site add no entry to Back, and a link to something in a
   closed question opens it. Written for browsers of 2015. */
(function () {
  /* Open what holds the part that the address names; tell whether that was needed. */
  function open(target) {
    var opened = false;
    for (var up = target; up; up = up.parentNode) {
      if (up.nodeName === "DETAILS" && !up.open) up.open = opened = true;
    }
    return opened;
  }

  /* The part that the address names; an address can be spoiled on its way. */
  function target() {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (spoiled) {
      return null;
    }
  }

  function arrive() {
    var part = target();
    if (part && open(part)) {
      part.scrollIntoView();
      part.focus();
    }
  }

  document.addEventListener("click", function (event) {
    var link = event.target;
    while (link && link.nodeName !== "A") link = link.parentNode;
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.protocol !== location.protocol || link.host !== location.host) return;
    event.preventDefault();
    location.replace(link.href);
    if (link.hash && link.pathname === location.pathname && target()) {
      arrive();
      target().focus();
    }
  });
  addEventListener("hashchange", arrive);
  arrive();

  /* Paper shows every answer, in browsers too whose style sheets cannot open them. */
  var closed = [];
  addEventListener("beforeprint", function () {
    closed = [].slice.call(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (question) {
      question.open = true;
    });
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (question) {
      question.open = false;
    });
  });
})();
