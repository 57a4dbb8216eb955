// Gradients.
#include "guard.h"

#include <c10/core/GradMode.h>

using dkl::Tensor;

DKL_EXPORT std::int32_t dkl_set_requires_grad(Tensor* tensor, std::int32_t required) {
  return dkl::done([&] { tensor->set_requires_grad(required != 0); });
}

DKL_EXPORT std::int32_t dkl_requires_grad(const Tensor* tensor) { return tensor->requires_grad() ? 1 : 0; }

// Null, without a message, where there is none.
DKL_EXPORT Tensor* dkl_grad(const Tensor* tensor, std::int32_t* failed) {
  Tensor* gradient = nullptr;
  *failed = dkl::done([&] {
    if (tensor->grad().defined()) {
      gradient = dkl::hand_out(tensor->grad());
    }
  });
  return gradient;
}

DKL_EXPORT std::int32_t dkl_set_grad(Tensor* tensor, const Tensor* gradient) {
  return dkl::done([&] { tensor->mutable_grad() = *gradient; });
}

DKL_EXPORT std::int32_t dkl_clear_grad(Tensor* tensor) {
  return dkl::done([&] { tensor->mutable_grad() = Tensor(); });
}

DKL_EXPORT std::int32_t dkl_backward(const Tensor* tensor) {
  return dkl::done([&] { tensor->backward(); });
}

DKL_EXPORT std::int32_t dkl_backward_from(const Tensor* tensor, const Tensor* gradient) {
  return dkl::done([&] { tensor->backward(*gradient); });
}

DKL_EXPORT Tensor* dkl_detach(const Tensor* tensor) {
  return dkl::made([&] { return tensor->detach(); });
}

DKL_EXPORT Tensor* dkl_clone(const Tensor* tensor) {
  return dkl::made([&] { return tensor->clone(); });
}

// Of this thread; tells what it was.
DKL_EXPORT std::int32_t dkl_set_grad_mode(std::int32_t enabled) {
  bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled != 0);
  return before ? 1 : 0;
}
