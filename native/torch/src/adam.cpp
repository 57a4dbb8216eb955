// Adam in one pass over a parameter, where libtorch has it: on a GPU its single operations are mostly launches.
#include "guard.h"

#include <torch/version.h>

using dkl::Tensor;

DKL_EXPORT std::int32_t dkl_has_fused_adam() {
#if TORCH_VERSION_MAJOR >= 2
  return at::hasCUDA() ? 1 : 0;
#else
  return 0;
#endif
}

// Steps are counted on the device, as float32.
DKL_EXPORT std::int32_t dkl_fused_adam_(
    [[maybe_unused]] Tensor* parameter, [[maybe_unused]] const Tensor* gradient, [[maybe_unused]] Tensor* first,
    [[maybe_unused]] Tensor* second, [[maybe_unused]] Tensor* steps, [[maybe_unused]] double rate,
    [[maybe_unused]] double first_decay, [[maybe_unused]] double second_decay, [[maybe_unused]] double epsilon) {
  return dkl::done([&] {
#if TORCH_VERSION_MAJOR >= 2
    steps->add_(1);
    at::_fused_adam_(
        {*parameter}, {*gradient}, {*first}, {*second}, {}, {*steps}, rate, first_decay, second_decay, 0.0, epsilon,
        false, false);
#else
    TORCH_CHECK(false, "this libtorch has no fused Adam");
#endif
  });
}
