// a comment
var open = 1 < 2;
