"""The vocabulary: what a function, an argument or a parameter is likely to be, by its name, in several languages."""

import functools
import re


@functools.lru_cache(maxsize=None)
def plain(name):
    """Lower case without separators: `L_model_backward` and `lModelBackward` are one."""
    return re.sub(r"[^a-z0-9\u0080-\uffff]", "", name.lower())


FORWARD = r"forward|fprop|forword|forwad|foward|forwrd|fowrd|forwardp|feedfwd|feedforward|fwd|forprop|predictproba|avant|adelante|frente|ileri|vorwaerts|vorwarts|avanti|hacia_?delante|前向|正向|propagation$|propagate|propogat|predict|hypothesis|inference|modelout|output$|evaluate$|^model$|^net$|^think$|^run$|^query$|^compute$"
COST = r"cost|loss|crossentropy|logloss|^mse|^bce|^cce|^sse|meansquare|squareerror|squarederror|^error|objective|nll|costo|couts?$|^cout|kosten|perdida|perda|perte|custo|fehler|maliyet|kayip|hata|损失|代价"
BACKWARD = r"backward|bakward|backwrd|bacward|gradfunc|gradfn|^nngrad|backprop|bprop|backpass|bwd|retroprop|gradient|^grads?$|computegrad|getgrad|calcgrad|geriye?|arriere|atras|rueckwaerts|ruckwarts|indietro|反向|derivs$|backpropogat|backwards|calculategrad|^back"
UPDATE = r"update|gradientdescent|^sgd|^step$|^optimi[sz]e|actuali[sz]|apply(grad|update)|descent|mettreajour|atualiza|guncelle|aktualisier|adjust|aggiorna|miseajour|更新"
INIT = r"^init|initiali|initpar|createpar|paraminit|makepar|buildpar|weightinit|random(init|ize|weights)|inicia|startwert|baslangic|inizializ|createnet|buildnet|getpar(am)?s?init|createweights|初始化|generatew"
TRAIN = r"train|^fit|model$|learn|gradientdescent|optimi[sz]e|entren|entrain|trein|egit|^run|^main$|^sgd|network$|nn$|addestra|lernen|训练|apprend|backprop|batch|iter|epoch|descent"
DERIVATIVE = r"deriv|prime|grad|backward|^d_?(relu|sig|tanh|soft|act|leaky)|(relu|sigmoid|tanh|softmax|sig)_?(d|p|b)$|^d(relu|sig|tanh|soft|act)|dash$|dx$"
ACTIVATION = r"relu|sigmoid|tanh|softmax|activation|elu$|swish|gelu|softplus|identity|linear$|logistic|^sig"

X_NAMES = r"^(x|xs|inpt|inpts|xtrain|trainx|trainingx|xbatch|xb|xmini|minibatchx|data|datax|inputs?1?|inputdata|inputdatas|inputvector|inputlist|inputslist|inputarray|inputlayer|features?|a0|traininginputs?|trainingsetinputs|traininputs?|xdata|images?|imgs?|traindata|trainset|trainingdata|trainsetx|xnorm|xassess|entradas?|entree|eingabe|girdi|donnees|dados|datos|train_?images|xi|xx|batchx|batch|samples?|sample|inp|trainingexamples|examples|datamatrix|batchdata|layer0|l0|inputactivation|obs|trainxs|observations?|xin|dataset|imagedata|pixels)$"
Y_NAMES = r"^(y|ys|ytrain|trainy|trainingy|ybatch|yb|ymini|minibatchy|labels?|labelsonehot|onehotlabels|targets?|targetlist|targetslist|targetvector|target_?array|ytrue|truey|trues?|truth|groundtruth|expected|expectedoutputs?|desiredoutput|desired|desiredoutputs|trainingoutputs?|trainoutputs?|t|ydata|outputdata|yonehot|onehoty|yoh|yenc|trainlabels?|trainsety|trainingoutput|label|etiquetas?|salidas?|sortie|ausgabe|cikti|yreal|yactual|actual|actuals|actualy|targetoutput|targetoutputs|answers?|gt|real|objetivo|objectivo|wanted|solutions?|correctoutput|correct|trainingsetoutputs|targetdata|labels?data|ty|yt|ytarget|soll|cible|alvo|realy|expecty|yi|yy|batchy|classes|truelabels?|truevalues?|trueoutput|outputtrue|outputexpected|yideal|yorig|batchlabels|observed|onehot|yd|ymatrix|ymat|(label|target)matrix)$"
AL_NAMES = r"^(al|yhat|ypred|ypredict|ypredictions?|ypreds|predy|predictions?|predicted|predictedy|predictedvalues?|predictedoutputs?|preds?|outputs?|probs?|probabilities|aout|out|ao|yh|ycap|finaloutputs?|outputlayer|activation|afinal|h|hypothesis|o|yp|scores?|yestimated|estimated|networkoutput|outputactivation|outputactivations|modeloutput|predictedoutput|salida|yout|predicts|acts|softmaxoutput|probas|logits|aoutput|result|ypredicted|outputlayeroutput|forward|forwardoutput|a|z|yprob|af|predict|ytilde|calculated|computed|youtput|estimate|prediccion|prediccao|vorhersage|nnoutput|ypre|ypro|ypr|yprd|yprobs|yhats|yest|yestimate|ynet|ymodel|ycalc|ycalculated|yforward|ylogits|yscores?|ysoftmax|ycomputed|outy|yresult|predicty|predictys|predictedys?|ynn|yfinal|ydash)$"
PARAM_NAMES = r"^(parameters?|params?|paramsvalues?|paramvalues|parametros|parametri|parametres|weights?|model|theta|thetas|w|ws|net|network|weightsandbiases|wb|coefs?|nnparams|parameterdict|modelparams|parametre|paramdict|weightdict|modelparameters|pesos|poids|gewichte|parametreler|agirliklar|variables|layers?params|para|weightsdict)$"
GRAD_NAMES = r"^(grads?|gradients?|gradsvalues?|dparams|dparameters|derivatives?|deltas?|gradientes?|dparam|gradparams|grad_?dict|nabla|gradyanlar|gradienten|gradiente|gradienti|derivs|gradsdict|gradparameters|paramgrads|updates|delta|backprops?|dicgrads|gradientdict)$"
CACHE_NAMES = r"^(caches?|memory|cachelist|forwardcache|forwardcaches|fcache|cachedict|intermediates?|forwardvalues|activations?|store|stored|layeroutputs?|outputs|fwd|fwdcache|history|ledger|forwardresults?|layers?outputs|vals|tmp|temp|cacheall|forwardoutputs?|forwardpass|forwarddata|hiddenlayers?|onbellek|memoria|cash|nodes|neurons|state|cacheforward)$"
RATE_NAMES = r"^(learningrate|lr|alpha|eta|rate|stepsize|learnrate|learningfactor|lrate|taxa|tasa|tauxapprentissage|tasaaprendizaje|lernrate|ogrenmehizi|learning|epsilon|lambdalr|l_?r|step|learn(ing)?r|taxaaprendizado|ogrenmeorani|gamma|alfa|trainingrate|nu|rho|lrn|learningspeed)$"
TEMPERATURE_NAMES = r"^(temp|temperature|tempparam|tempparameter|softmaxtemp|softmaxtemperature|tau)$"
L2_NAMES = r"^(lambd|thelambda|lambth?a|lambda(?!lr|fn|func|layer)\w+|lamd|lmd|lambdas?|lamda|reg|reglambda|regparam|regstrength|l2|l2reg|l2lambda|regularization|regularisation|lmbda|lmbd|lmda|lam|weightdecay|lambd2|regularizationparam|regularizationstrength|regularizationrate|lambdareg|reglambd|regrate|wd|decay|regularize|lamb|regcoef|regularizationlambda|regularizationcost|regfactor|lambda1|lambda2|lamdba|l2regularization|l2penalty|l2param|regularizationfactor|regularizationterm|regulization|lambdal2|lambdparam)$"
KEEP_NAMES = r"^(keepprobs?\d*|keepprobs?|keep|keeprate|keepprobability|pkeep|dropoutkeep|keepprobs?list|keepprobabilities)$"
DROP_NAMES = r"^(dropout\d*|dropoutp|drop|droprate\d*|drops?|pdropout|dropp|droprate|dropoutrate|dropprob|pdrop|dropoutprob|dropoutprobability|dropoutratio)$"
M_NAMES = r"^(m|nsamples?|numsamples?|numberofsamples|batchsize|minibatchsize|batchlen|numexamples?|mtrain|nexamples|nbatch|numdata|ndata|samplesize|trainsize|trainingsetsize|setsize|datasize|batch_?len|mbatch|bs|numtrain|numtrainingexamples|mm|numimages|nobs|ntrain)$"
DIMS_NAMES = r"^(layerdims?|layersdims?|layersizes?|layerssizes?|dims|sizes?|layers?|layersize|layerslist|architecture|arch|topology|structure|shape|nnarch|nnarchitecture|units|neurons|layernodes|dimensions|layerdimensions|layersdimensions|layerunits|capas|camadas|couches|schichten|networksize|networkstructure|networkshape|nodes|layernums|nodesperlayer|neuronsperlayer|unitsperlayer|numneurons|nlayers|layersstructure|layerdim|layerlist|nn|hiddenlayersizes|listoflayers|dimensionsofeverylayer|netshape|netsize|layerstructure|layerneurons|layersize_?list|katmanlar|topologia|topologie|neuronios|neuronas|layerinfo|nncfg|nnodes|layerconfig|npl|net_?dims|layout)$"
LAYERS_NAMES = r"^(l|layers?|(n|nb|num|number|numof|numberof|total)layers?|layers?(num|number|count))$"
ITER_NAMES = r"^(numiterations?|iterations?|iters?|numiters?|epochs?|nepochs?|numepochs?|niter|niters|nepoch|maxiter|maxiters?|maxiterations?|steps?|nsteps?|numsteps|nbiterations?|niterations?|epocas|epocas?|generations|maxepochs?|nbepochs?|trainingiterations|numberofiterations|numpasses|numberoftrainingiterations|numberofepochs|iteraciones|iteration_?num|iterationnum|numberiterations|epochcount|loops?|itr|trainingsteps|numrounds|epoche|epochen|totalepochs|iteracoes|ts|rounds|ntimes|times)$"
CLIP_NAMES = r"^((grad(ient)?s?)?clip(ping)?(threshold|value|val|norm|at|limit)?|max(grad(ient)?)?norm|clipgrad(ient)?s?(norm)?)$"
MOMENTUM_NAMES = r"^(momentum|momentum(rate|factor|gamma|alpha|beta|param|parameter|value|term|weight|constant)|momentumcoef\w*|mu|inertia)$"
BATCHES_NAMES = r"^(batches|numbatches|nbatches|nbbatches|numberofbatches|batchcount|nsplits)$"
BATCH_NAMES = r"^(batchsize|bsize|minibatchsize|batchlen|bs|batch|batchsz|sizebatch|sizeofbatch|groupsize|chunksize|minibatch|tailleminibatch|tambatch)$"
SEED_NAMES = r"^(seed|randomseed|randomstate|rngseed)$"
N0_NAMES = r"^(nx|ninputs?|ninp|numinputs?|inputsize|inputdims?|inputdimension|inputnodes|inputunits|inputlayersize|inputneurons|nin|dimin|indim|insize|numfeatures?|nfeatures?|d|ninputnodes|numinputnodes|inputlayer|inputlayers|innodes|inputs|inputnum|numberofinputs?|ninputneurons|inputn|inp|fanin|infeatures|numberoffeatures|inunits|n0|inputdata|numinput|inputnode|inodes|inputcount|inneurons|noofinnodes|noinputs?|di|ni|inputlayerneurons|inputshape|inputlayernodes|inputfeatures|numinputneurons|taillentree|nentradas|entradas|entree|input|in|dimension|dim|dx|nfeat|previous|prevlayer|nprev)$"
N1_NAMES = r"^(nh|nhiddens?|numhiddens?|hiddensizes?|hiddendims?|hiddendimension|hiddennodes|hiddenunits|hiddenlayersize|hiddenneurons|nhid|h|hdim|nhiddennodes|numhiddennodes|hiddenlayer|hiddenlayers?|hiddennum|numberofhidden|nhiddenneurons|numberhiddenneurons|hidden|hiddenn|n1|h1|hiddensize1|hidden1|hidden1size|hidden1dim|hiddendim1|nh1|numhidden1|h1dim|hiddencount|hiddenlayerneurons|hnodes|hiddenlayernodes|noofhiddennodes|hiddenlayersizes|nneurons|numneurons|neurons|nhunits|units|hiddenunitnum|numhiddenunits|hiddenlayerunits|hidden1units|dh|nodes|nunits|hl|hiddenlayer1size|hiddenlayer1|hiddensz|n|numhiddenneurons|numberofhiddennodes|tamoculta|noculta|cachee|ncachee|hiddennode|hiddenlayer1neurons|hiddenlayer1nodes)$"
N2_NAMES = r"^(n2|h2|hiddensize2|hidden2|hidden2size|hidden2dim|hiddendim2|nh2|numhidden2|h2dim|hidden2units|hiddenlayer2size|hiddenlayer2|hiddenlayer2neurons|hiddenlayer2nodes)$"
NL_NAMES = r"^(ny|o|noutputs?|nout|numoutputs?|outputsize|outputdims?|outputdimension|outputnodes|outputunits|outputlayersize|outputneurons|dimout|outdim|outsize|numclass(es)?|nclass(es)?|numlabels?|numberofclasses|c|k|noutputnodes|numoutputnodes|outputlayer|outputlayers|outnodes|outputs|outputnum|numberofoutputs?|noutputneurons|outputn|fanout|outfeatures|outunits|onodes|outputcount|outputnode|numoutput|outneurons|noofoutnodes|no|n3|do|outputlayerneurons|outputshape|outputlayernodes|classes|numoutputneurons|taillesortie|nsalidas|salidas|sortie|output|out|numcategories|catnum|nlabels|classcount|classnum|noutputunits)$"
FLAG_NAMES = r"^(usedropout|withdropout|dropoutlayer|applydropout|dropouton|training|istraining|istrain|train|trainmode|trainingmode|training_?flag)$"
QUIET_NAMES = r"^(printcost|verbose|plot|show|plotcost|printloss|printprogress|debug|graph|display|draw|isplot|isprint|printcosts|showcost|visuali[sz]e|printinterval|printevery|logging|log|save|animate|plots?|isprintcost|printit|savemodel|displaycost)$"


@functools.lru_cache(maxsize=None)
def is_name(name, pattern):
    return re.match(pattern, plain(name)) is not None


@functools.lru_cache(maxsize=None)
def like_name(name, pattern):
    return re.search(pattern, plain(name)) is not None


def words(name):
    """'all_y_trues' and 'allYTrues' as ['all', 'y', 'trues']."""
    return [each.lower() for each in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name.replace("_", " "))]


def is_rate(name):
    return is_name(name, RATE_NAMES) or like_name(name, r"learn\w*rate|aprendi[zs]|apprentissage|lernrate|learnr")


def is_difference(name):
    """y - a and what is made of it: no prediction."""
    return like_name(name, r"err|loss|cost|diff|delta|fehler|hata|perda|custo")


def passes_back(name, expression):
    """error = sum(w * delta …): the errors of a layer above, weighted, are no cost, though they are summed."""
    return like_name(name, "err|fehler|erro") and re.search(r"weight|delta|grad|deriv|peso|\bw\d*\b", expression or "", re.I) is not None and re.search(r"\*\*\s*2|square|power|pow|norm|log", expression) is None


#: Words of a number of units.
COUNTS = {"size", "sizes", "dim", "dims", "dimension", "num", "n", "nodes", "node", "neurons", "neuron", "neuronas", "neuronios", "units", "unit", "layer", "layers", "count", "number", "nb", "shape", "capa", "capas", "camada", "no", "nos", "siz"}
#: Those that stand beside the letter of a matrix.
OF_ONE = {"size", "siz", "dim", "dims", "dimension", "units"}


def width_role(name):
    """'in', 'hidden' or 'out' where a name says the number of units of a layer by its words."""
    found = set(words(name))
    if found & {"activation", "activations", "act", "activ", "nonlinearity"}:
        return None
    for role, wanted in (("hidden", {"hidden", "oculta", "ocultas", "oculto", "ocultos", "escondida", "cachee", "middle", "hid"}), ("in", {"input", "inputs", "in", "entrada", "entradas", "features", "entree", "inp"}), ("out", {"output", "outputs", "out", "salida", "salidas", "saida", "saidas", "classes", "labels", "sortie"})):
        if found & wanted and (found & COUNTS or len(found) == 1):
            return role
    # x_size, dim_y
    return {"x": "in", "y": "out"}.get(next(iter(found - OF_ONE), None)) if len(found) == 2 and found & OF_ONE else None


#: Which layer a letter belongs to: W_hidden, b_salida, W_final.
PLACE = r"(in|out|hid|input|hidden|output|oculta|escond|salida|saida|entrada|sorti|entree|cach|capa|camad|couche|final|first|second|third|last|layer|dense|gizli|cikis|giris|ausgabe|eingabe|verborgen|uscita|nascost)"


def of_layer(name):
    """W_salida, b_entrada: a letter of a parameter and its layer, and no targets or samples."""
    found = words(name)
    return len(found) > 1 and found[0] in ("w", "b") and re.match(PLACE, found[1]) is not None


def holds_targets(name):
    """Whether a name is of targets, alone or as one of its words."""
    return is_name(name, Y_NAMES) or not re.match(r"d[A-Za-z]{1,4}_d[A-Za-z]", name) and bool(set(words(name)) & {"y", "ys", "label", "labels", "lbl", "lbls", "target", "targets", "expected", "desired", "truth", "onehot", "trues", "solution", "solutions", "saida", "saidas", "salida", "salidas", "sortie", "sorties"}) and not is_gradient(name) and not like_name(name, r"error|erro|loss|cost|pred|hat|^_?y_?(pre|pro|pr|prd|probs|est|estimate|net|model|calc|calculated|forward|logits|scores?|softmax|computed|result|nn|final|dash)$|^out_?y$|delta|diff|pesos|weight|camada|capa|neuron|layer|deriv|shape|size") and not of_layer(name)


#: Words beside "input" and "img" that make them no layer, and no number of units or pixels.
HELD = {"matrix", "mat", "array", "arr", "vector", "vec", "batch", "data", "values", "val", "vals", "list", "train", "training", "examples", "set", "tensor", "rows", "signal", "signals", "pattern", "patterns"}


def holds_samples(name):
    found = set(words(name))
    if any(found & each and found - each <= HELD for each in ({"input", "inputs"}, {"img", "imgs"})):
        return True
    return is_name(name, X_NAMES) or bool(set(words(name)) & {"x", "xs", "feature", "features", "images", "samples", "entrada", "entradas", "entree", "entrees"}) and not is_gradient(name) and not like_name(name, r"error|loss|size|num|count|weight|dim|pesos|neuron|delta|hidden|oculta|camada|capa|shape") and not of_layer(name)


#: An upstream derivative as argument: the function is one link, not the whole backward pass.
UPSTREAM = r"^(d[a-z]$|d(a|z|out|al|h|y|s|x)\w*$|dvalues|delta|deltas?next|dl(oss)?\w*$|d(en?|j|c)d[a-z]\w*$|grad(ient)?s?(output|out|in|input)?$|gradoutput|outputgradient|outputerror|dcost\w*|error|d?(up|down)stream\w*|gradnext|outgrad|topdiff|nextgrad|diff|dprev|dnext|dcurr|derror|dact\w*|gradloss|lossgrad\w*|errorgrad\w*|prevgrad|accumgrad|accumulatedgrad|(y|z|a|h|x|out\w*|loss|pred\w*|next|upstream)grad(ient)?s?$|grad(ient)?s?[yzax]$|grad(ient)?s?(of)?(loss|cost|next)$|(prev(ious)?|next|upstream|incoming)(layer)?deriv(ative)?s?$|deriv(ative)?s?(of)?(out\w*|next|prev|loss|cost)?$)"


def is_upstream(name):
    # train(data, epochs) begins with a d as well
    return re.match(UPSTREAM, plain(name)) is not None and not re.match(r"^(data|dados|datos|donnees|date|das)", plain(name))


#: As people write it, and mistype it.
WEIGHTS = r"(weight|weigth|wieght|wheight|weigt)s?"
WEIGHT = r"^_*(w|ws|wt|wts|w[a-z]{1,3}|w" + PLACE + r"\w*|[uv]|(" + WEIGHTS + r"(?!ed)|thetas?|syn|synaps\w*|pesos?|poids|gewichte?|kernel|coefs?|coefficients|matrix|agirlik\w*)\w*|\w*" + WEIGHTS + r"|\w*pesos)\d*[a-z]?\d*$"
BIAS = r"^_*(b|bs|b[a-z]{1,2}|b(h\d)+|b" + PLACE + r"\w*|(bias|biases|beta|gamma|intercepts?|offset|sesgos?|biais|vies)\w*|\w*bias(es)?)\d*[a-z]?\d*$"
#: `fc1_w`, `hidden_w2`, `l1_in_w1`: a letter after the layer; out_w and in_w, without a number, are sizes of pictures.
AFTER_LAYER = r"^_*(?=\w*\d)(l\d+|fc\d*|" + PLACE + r"[a-z]*\d*)_((in|out)_)?%s\d*$"


def is_weight(name):
    return (re.match(WEIGHT, plain(name)) or re.match(AFTER_LAYER % "w", name.lower())) is not None and not is_gradient(name)


def is_bias(name):
    return (re.match(BIAS, plain(name)) or re.match(AFTER_LAYER % "b", name.lower())) is not None and not is_gradient(name)


def is_gradient(name):
    return re.match(r"^(d_?(w|b|theta|weight|bias|h|u|v|param|pesos?|sesgo|poids|gewicht|vies|kernel|coef|gamma)|deriv(ative)?(_?of)?_?([wb]|weights?|bias(es)?)_?\d*$|grad|delta|nabla|g_?[wbu](\d*$|_)|g_?[wb]\d|dj|dl|dc|de_?d|dedw)", name.lower().lstrip("_")) is not None or re.search(r"(grad|gradient|gradients|grads|prime|delta|update|deriv|derivative|change)s?_?\d*$", name.lower()) is not None


# asked thousands of times of a few dozen names
is_weight, is_bias, is_gradient, is_upstream, width_role, holds_targets, holds_samples, is_rate = (functools.lru_cache(maxsize=None)(each) for each in (is_weight, is_bias, is_gradient, is_upstream, width_role, holds_targets, holds_samples, is_rate))


def stem(name):
    """'grad_W1', 'dW1', 'W1_grad' and 'nabla_w[0]' without what makes them gradients."""
    index = re.findall(r"\[(\d+)\]", name)
    short = plain(name.split("[")[0])
    short = re.sub(r"^(dcostd|dlossd|dld|djd|ded|dcd|gradients?of|gradients?|grads?|nabla|deltas?|derivatives?of|derivative|deriv|der|d|g)(?=[a-z])", "", short)
    short = re.sub(r"(gradients?|grads?|deltas?|updates?|changes?|derivatives?|derivs?|adjustments?|d)$", "", short) or short
    return short, index


def letter(name):
    """'w1' of 'weight1' and 'weights_1', 'b2' of 'bias2': the gradient of a parameter often has its letter alone."""
    return re.sub(r"^(weight|bias)(e?s)?(?=\d*$)", lambda found: found.group(1)[0], plain(name))
