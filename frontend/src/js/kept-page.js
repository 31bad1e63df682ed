// Where somebody logs in, nobody is: the page a family keeps for times without a network goes.
if (document.querySelector("form [name=password]")) globalThis.caches?.delete("family");
