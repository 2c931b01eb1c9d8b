"""Which costs and forward passes go with a backward pass: those that are called beside it, and those that share its endings."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.inline import endings
from ..source.stubs import Stub
from . import implied, implied_caches, implied_loop, upstream, written_out
from .roles import shown_in_forward


class Companions:
    """Part of a Search."""

    def cost_classes(self, owner):
        """A cost that a class of its own has (QuadraticCost.fn), where the network is given that class."""
        init = owner.methods.get("__init__")
        named = {each.id for value in (init.defaults.values() if init is not None else ()) for each in walk(value) if isinstance(each, ast.Name)}
        out = []
        for each in self.code.classes:
            method = next((each.methods[name] for name in ("fn", "f", "cost", "loss", "value", "compute", "calculate") if name in each.methods), None)
            if method is None or each is owner or method.bound or len(method.arguments) != 2 or not names.like_name(each.name, names.COST):
                continue
            if each.name in named:
                out.insert(0, method)
        return out

    def costs(self, found, backward, forward):
        """Costs to compare with: the ones that the file calls, then inline expressions; none only where there is none."""
        if upstream.is_handed(backward):
            # only a cost whose derivative it can be given, unless the file writes that out itself
            paired = upstream.costs(self.code)[:4]
            if paired or written_out.at_calls(self.code, backward, backward.arguments[0]) is None:
                return paired + [None]
        own = {each.name for each in found}
        # what only another cost calls is a part of that one
        called = [each for each in found if any(inside is None or inside.name not in own for _, inside, _ in self.code.sites.get(each.name, [])) or (each.owner is not None and not each.bound)]
        chosen = self.affine(called or found, backward)[:4]
        # what forward shows is that cost with a scale of its own: it is compared with where forward leaves it
        chosen = [each for each in chosen if shown_in_forward(forward, each.name) is None]
        inline = [each for each in self.inline if each.scope is None or backward.name in each.scope_calls or (forward is not None and forward.name in each.scope_calls) or (backward.owner is not None and each.scope_owner == backward.owner.__name__)]
        # what forward gives back is that cost, with all that it adds to it further down
        inline = [each for each in inline if forward is None or each.scope is not forward.node or not any(names.like_name(one or "", names.COST) for one in forward.returned)]
        return (chosen or inline[:4]) + [None]

    def forwards(self, backward):
        """Forward passes to try with a backward pass: the file's own; and the one that it implies, where the file has none, or calls one of a module that is not here."""
        own = self.beside(self.affine(self.found["forward"], backward), backward)[:4]
        absent = self.absent_forward(backward)
        made = implied.forward(backward, absent or "forward") or implied_loop.forward(backward, absent or "forward") or implied_caches.forward(backward, self.code) if absent or not own else None
        return self.affine(own + [made], backward) if made is not None else own

    def absent_forward(self, backward):
        """The name of a forward pass that is called beside a backward pass and was imported from a module that is not here."""
        holders = [inside for _, inside, _ in self.code.sites.get(backward.name, []) if inside is not None]
        called = [each.func.id for inside in holders for each in walk(inside) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)]
        return next((each for each in called if names.like_name(each, names.FORWARD) and isinstance(self.code.namespace.get(each), Stub)), None)

    def beside(self, forwards, backward):
        """Where the likeliest forward is called beside the backward pass, only those that are: `predict` without dropout is another network."""
        holders = {id(inside) for _, inside, _ in self.code.sites.get(backward.name, [])}
        called = [each for each in forwards if any(id(inside) in holders for _, inside, _ in self.code.sites.get(each.name, []))]
        return called if forwards and forwards[0] in called else forwards

    @staticmethod
    def affine(functions, backward):
        """Those with the endings of the backward function first: …_with_dropout, …_with_regularization."""
        if backward is None:
            return list(functions)
        words = endings(backward.name)
        return sorted(functions, key=lambda each: 0 if each is None else len(words ^ endings(each.name)))
