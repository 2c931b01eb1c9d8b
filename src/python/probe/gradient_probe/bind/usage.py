"""How an argument is used: followed through other names, attributes and calls of their functions, whatever it is called."""

import ast

from ..common import names
from ..common.syntax import walk
from ..source.functions import called_name
from . import tables
from .surroundings import SHAPED, SPREAD, flat_sum, shape_call, steps, text_key, text_stem

#: Calls and attributes of arrays.
ARRAY_CALLS = {"dot", "matmul", "transpose", "outer", "multiply", "subtract", "exp", "log", "square", "shape", "mean", "hstack", "vstack", "column_stack", "c_", "add"}
ARRAY_ATTRIBUTES = {"shape", "T", "dot", "reshape", "ndim", "astype", "flatten", "ravel", "sum", "mean", "max", "min", "size", "transpose", "std", "tolist", "values"}
#: What gives back the same thing in another form.
SAME = {"array", "asarray", "asanyarray", "list", "tuple", "int", "float", "copy", "deepcopy", "asmatrix", "mat", "atleast_2d"}
LIST_CALLS = {"len", "enumerate", "zip", "reversed", "sorted", "iter", "sum"}
#: How many steps an argument is followed: from name to attribute to argument.
DEPTH = 5


class Use:
    """`sized`: (shape call, position, dimensions); `aliases`: other names that it gets; `joined`: sides on which something is put beside it in a list; `stems`: what the texts begin with that it is asked for, "W" of "W" + str(l); `operands`: with how many arguments it is called; `endings`: what follows it where a function is looked up by it; `scales`: something is multiplied or compared with it; the rest says itself."""

    def __init__(self):
        self.sized, self.joined, self.placed, self.aliases, self.operands, self.endings = [], set(), set(), set(), set(), set()
        self.keys, self.stems, self.attributes, self.texts = {}, set(), {}, []
        self.counts = self.listed = self.of_sizes = self.array = self.called = self.truth = self.nullable = False
        self.rate = self.number = self.scales = False

    @property
    def silent(self):
        return not (self.sized or self.joined or self.placed or self.keys or self.attributes or self.texts or self.counts or self.listed or self.array or self.called or self.truth or self.rate or self.number)

    @property
    def keeps_weights(self):
        """Whether it is asked for weights by their names, `p["W" + str(l)]`, and for nothing but them and biases, as a cache is."""
        asked = set(self.keys) | self.stems
        return any(names.is_weight(each) for each in asked) and all(names.is_weight(each) or names.is_bias(each) for each in asked)

    def tells_m(self, name):
        """Whether a name of samples is how many there are: `for i in range(samples)`, `1 / batch * np.dot(dZ, A.T)`."""
        return (self.counts or self.number and names.is_name(name, names.BATCH_NAMES)) and not self.array


def use_of(code, function, argument):
    """The Use of one argument; the same each time it is asked."""
    known = code.__dict__.setdefault("uses", {})
    key = (function.node, argument)
    if key not in known:
        use = known[key] = Use()
        Follow(code, use).name(function.node, argument, function.owner, ())
        use.texts = use.endings and looked_up(code, use) or use.texts
    return known[key]


def use_at(code, function, argument, suffix):
    """The Use of what is under a key or an attribute of an argument: `settings["hidden"]`, `args.units`."""
    known = code.__dict__.setdefault("uses", {})
    key = (function.node, argument, suffix)
    if key not in known:
        known[key] = Use()
        Follow(code, known[key]).name(function.node, argument, function.owner, suffix)
    return known[key]


def parents(code, node):
    known = code.__dict__.setdefault("parents", {})
    if node not in known:
        known[node] = {id(child): each for each in walk(node) for child in ast.iter_child_nodes(each)}
    return known[node]


def names_function(each, parent, above):
    """What follows a text by which a function is looked up: "" in `globals()[kind]` and `getattr(self, kind)`, "_prime" in `eval(kind + "_prime")`; None of any other text."""
    ending = ""
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, ast.Add) and parent.left is each and isinstance(getattr(parent.right, "value", None), str):
        each, parent, ending = parent, above.get(id(parent)), parent.right.value
    if isinstance(parent, ast.Subscript) and isinstance(parent.value, ast.Call):
        return ending if parent.slice is each and called_name(parent.value) in ("globals", "locals") else None
    return ending if isinstance(parent, ast.Call) and called_name(parent) in ("eval", "getattr") and parent.args[-1:] == [each] else None


def looked_up(code, use):
    """The texts by which it finds functions with all its endings: of those that it is compared with, else the activations of the file, the smooth ones first, which hide no mistake."""
    known = {each.name: each for each in code.every}
    own = sorted((name for name, each in known.items() if len(each.needed) == 1 and names.like_name(name, names.ACTIVATION) and not names.like_name(name, names.DERIVATIVE)), key=lambda each: names.plain(each) not in ("tanh", "sigmoid"))
    return [each for each in use.texts or own if all(each + ending in known for ending in use.endings)]


class Follow:
    def __init__(self, code, use):
        self.code, self.use, self.seen = code, use, set()

    def methods(self, owner):
        return [each.node for one in self.code.classes if one.value is owner for each in one.methods.values()]

    def name(self, node, name, owner, suffix, depth=DEPTH):
        if depth and (id(node), name, suffix) not in self.seen:
            self.seen.add((id(node), name, suffix))
            self.within(node, lambda each: isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load), owner, suffix, depth)

    def attribute(self, owner, name, suffix, depth):
        if depth and (owner, name, suffix) not in self.seen:
            self.seen.add((owner, name, suffix))
            for node in self.methods(owner):
                self.within(node, lambda each: isinstance(each, ast.Attribute) and each.attr == name and getattr(each.value, "id", "") == "self" and isinstance(each.ctx, ast.Load), owner, suffix, depth)

    def within(self, node, matches, owner, suffix, depth):
        above = parents(self.code, node)
        for each in walk(node):
            if matches(each):
                self.occurs(each, above, node, owner, suffix, depth)

    def occurs(self, each, above, node, owner, suffix, depth):
        parent = above.get(id(each))
        if suffix:
            kind, key = suffix[0]
            if kind == "key" and text_key(parent, each) == key or kind == "attr" and isinstance(parent, ast.Attribute) and parent.attr == key:
                self.occurs(parent, above, node, owner, suffix[1:], depth)
            elif isinstance(parent, (ast.Assign, ast.Call)):
                self.passed(each, parent, above, node, owner, suffix, depth)
            return
        use = self.use
        use.texts.extend(word for word in tables.words(each, parent, node, self.code) if word not in use.texts)
        if isinstance(parent, ast.Subscript) and parent.value is each:
            if text_key(parent, each) is not None:
                use.keys[text_key(parent, each)] = True
            else:
                use.listed = True
                use.stems.update([text_stem(parent.slice)] if text_stem(parent.slice) else [])
                around = above.get(id(parent))
                use.of_sizes = use.of_sizes or shape_call(parent, above) is not None or isinstance(around, ast.Call) and called_name(around) == "range"
        elif isinstance(parent, ast.Attribute):
            if parent.attr in ARRAY_ATTRIBUTES:
                use.array = True
            elif parent.attr in ("append", "insert", "pop", "index"):
                use.listed = True
                # self.sizes.insert(0, inputs)
                use.joined.update(["left"] if parent.attr == "insert" else ["right"] if parent.attr == "append" else [])
            else:
                use.attributes[parent.attr] = isinstance(above.get(id(parent)), ast.Call) and above[id(parent)].func is parent
        elif isinstance(parent, (ast.For, ast.comprehension)) and parent.iter is each:
            use.listed = True
        elif isinstance(parent, (ast.Tuple, ast.List)):
            self.in_tuple(each, parent, above, node, owner, depth)
        elif isinstance(parent, ast.Starred):
            whole = above.get(id(parent))
            if isinstance(whole, (ast.List, ast.Tuple)):
                self.beside(whole.elts, parent)
            use.listed = True
        elif (ending := names_function(each, parent, above)) is not None:
            use.endings.add(ending)
        elif isinstance(parent, ast.BinOp):
            self.in_operation(each, parent, above)
        elif isinstance(parent, ast.Compare):
            self.compared(each, parent)
        elif isinstance(parent, (ast.If, ast.IfExp, ast.BoolOp)) or isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not):
            use.truth = True
        elif isinstance(parent, (ast.Assign, ast.Call, ast.keyword)):
            self.passed(each, parent, above, node, owner, (), depth)

    def in_tuple(self, each, parent, above, node, owner, depth):
        shape = shape_call(parent, above)
        around = above.get(id(parent))
        if shape is not None:
            self.use.sized.append((shape, parent.elts.index(each), parent.elts))
        elif isinstance(around, ast.BinOp) and isinstance(around.op, ast.Add) or len(parent.elts) > 1 and isinstance(parent, ast.List):
            # [inputs] + hidden + [outputs], or [inputs, hidden, outputs]
            whole = around
            while isinstance(above.get(id(whole)), ast.BinOp):
                whole = above[id(whole)]
            parts = flat_sum(whole) if isinstance(around, ast.BinOp) else parent.elts
            mine = next((index for index, one in enumerate(parts) if one is (parent if isinstance(around, ast.BinOp) else each)), 0)
            self.use.placed.add("in" if mine == 0 else "out" if mine == len(parts) - 1 else "hidden")
        elif isinstance(around, ast.Assign) and around.value is parent and len(around.targets) == 1 and isinstance(around.targets[0], ast.Tuple) and len(around.targets[0].elts) == len(parent.elts):
            self.assigned(around.targets[0].elts[parent.elts.index(each)], node, owner, (), depth)

    def beside(self, parts, one):
        index = parts.index(one)
        self.use.joined.update((["left"] if index > 0 else []) + (["right"] if index < len(parts) - 1 else []))

    def in_operation(self, each, parent, above):
        use, other = self.use, parent.right if parent.left is each else parent.left
        if isinstance(parent.op, ast.MatMult):
            use.array = True
        elif isinstance(parent.op, ast.Add) and (isinstance(other, ast.List) or isinstance(other, ast.BinOp) and any(isinstance(one, ast.List) for one in flat_sum(other))):
            whole = parent
            while isinstance(above.get(id(whole)), ast.BinOp) and isinstance(above[id(whole)].op, ast.Add):
                whole = above[id(whole)]
            use.listed = True
            self.beside(flat_sum(whole), each)
        elif isinstance(parent.op, (ast.Mult, ast.Div)) and steps(parent, above):
            use.rate = True
        elif isinstance(parent.op, ast.Mult) and not isinstance(other, ast.Constant):
            use.scales = True
        elif isinstance(parent.op, (ast.FloorDiv, ast.Mod)) or isinstance(other, ast.Constant):
            use.number = True

    def compared(self, each, parent):
        use = self.use
        use.scales = use.scales or isinstance(parent.ops[0], (ast.Gt, ast.GtE, ast.Lt, ast.LtE)) and not any(isinstance(other, ast.Constant) for other in [parent.left] + parent.comparators)
        for other in [parent.left] + parent.comparators:
            values = other.elts if isinstance(other, (ast.List, ast.Tuple, ast.Set)) else [other]
            for value in values:
                known = self.text(value)
                if known is not None and known not in use.texts:
                    use.texts.append(known)
                elif isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value not in use.texts:
                    use.texts.append(value.value)
                elif isinstance(value, ast.Constant) and value.value is None and other is not each:
                    use.nullable = True
                elif isinstance(value, ast.Constant) and isinstance(value.value, bool):
                    use.truth = True
                elif isinstance(value, ast.Constant) and isinstance(value.value, (int, float)):
                    use.number = True

    def text(self, value):
        """The text that `Loss.BINARY.value`, `Config.BINARY` or the `BINARY` of the module stands for; None of anything else."""
        if isinstance(value, ast.Name):
            found = self.code.namespace.get(value.id)
            return found if isinstance(found, str) and not value.id.startswith("__") else None
        parts = []
        while isinstance(value, ast.Attribute):
            parts.append(value.attr)
            value = value.value
        if not parts or not isinstance(value, ast.Name) or not isinstance(self.code.namespace.get(value.id), type):
            return None
        found = self.code.namespace[value.id]
        for each in reversed(parts):
            found = getattr(found, each, None)
        return found if isinstance(found, str) else None

    def passed(self, each, parent, above, node, owner, suffix, depth):
        """Assigned to a name, or given to a call."""
        use, keyword = self.use, None
        if isinstance(parent, ast.Assign):
            for target in parent.targets if parent.value is each else []:
                self.assigned(target, node, owner, suffix, depth)
            return
        if isinstance(parent, ast.keyword):
            keyword, parent = parent.arg, above.get(id(parent))
            if not isinstance(parent, ast.Call):
                return
        if parent.func is each:
            use.called = use.called or not suffix
            use.operands.update([len(parent.args)] if not suffix else [])
            return
        called = called_name(parent)
        if called in SAME:
            self.occurs(parent, above, node, owner, suffix, depth)
            return
        for target in self.targets(parent, owner):
            every = [one for one in target.arguments]
            index = parent.args.index(each) if keyword is None and each in parent.args else None
            given = keyword if keyword is not None else every[index] if index is not None and index < len(every) else None
            if given in every:
                self.name(target.node, given, target.owner, suffix, depth - 1)
        if suffix:
            return
        if called in SPREAD and keyword is None or called in SHAPED and (keyword in ("size", "shape") or keyword is None and parent.args and parent.args[0] is each and called not in ("normal", "uniform", "randint")):
            use.sized.append((parent, parent.args.index(each) if called in SPREAD else 0, parent.args if called in SPREAD else [each]))
        elif called == "range":
            use.counts = True
        elif called in ("append", "concatenate", "insert") and isinstance(parent.func, ast.Attribute) and getattr(parent.func.value, "id", "") in ("np", "numpy"):
            use.listed = True
            use.joined.add("right" if parent.args and parent.args[0] is each and called == "append" else "left")
        elif called in LIST_CALLS and not (called == "sum" and isinstance(parent.func, ast.Attribute)):
            # np.sum(W) is of an array
            use.listed = True
        elif called in ARRAY_CALLS or called == "sum":
            use.array = True
        elif called in ("sqrt", "power"):
            use.number = True

    def assigned(self, target, node, owner, suffix, depth):
        self.use.aliases.update([target.id] if isinstance(target, ast.Name) else [target.attr] if isinstance(target, ast.Attribute) else [])
        if isinstance(target, ast.Name):
            self.name(node, target.id, owner, suffix, depth - 1)
        elif isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == "self" and owner is not None:
            self.attribute(owner, target.attr, suffix, depth - 1)

    def targets(self, call, owner):
        """Functions of theirs that a call may reach: by name; a method of the same class where it is one of self."""
        name = called_name(call)
        if isinstance(call.func, ast.Attribute):
            own = [method for one in self.code.classes if getattr(call.func.value, "id", "") != "self" or one.value is owner for method in one.methods.values()]
            return [each for each in own if each.name == name]
        return [each for each in self.code.functions if each.name == name] + [one.methods["__init__"] for one in self.code.classes if one.name == name and "__init__" in one.methods]
