#include "hornet_kernels.h"
