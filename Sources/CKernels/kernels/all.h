// Every kernel family in vectors of LANES floats, as static functions `kernel_*`. The files in `isa`
// include this once each, with the compiler set to their instructions.
#include "vector.h"

#include "math.h"
#include "functions.h"
#include "pairs.h"

#include "elementwise.h"
#include "reductions.h"
#include "axes.h"
#include "rows.h"
#include "gemm.h"
#include "lstm.h"
#include "embedding.h"
#include "sparse.h"
#include "sorting.h"
#include "optimizers.h"
#include "margins.h"
#include "bytes.h"
#include "text.h"
#include "csv.h"
#include "utf8.h"

#define KERNEL_ENTRY(kernel) .kernel = kernel_##kernel,
