// Element by element, with broadcasting, and sums.
#include "guard.h"

using dkl::Tensor;

DKL_EXPORT Tensor* dkl_add(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::add(*left, *right); });
}

DKL_EXPORT Tensor* dkl_add_scalar(const Tensor* left, double right) {
  return dkl::made([&] { return at::add(*left, right); });
}

DKL_EXPORT Tensor* dkl_sub(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::sub(*left, *right); });
}

DKL_EXPORT Tensor* dkl_rsub_scalar(const Tensor* right, double left) {
  return dkl::made([&] { return at::rsub(*right, left); });
}

DKL_EXPORT Tensor* dkl_mul(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::mul(*left, *right); });
}

DKL_EXPORT Tensor* dkl_mul_scalar(const Tensor* left, double right) {
  return dkl::made([&] { return at::mul(*left, right); });
}

DKL_EXPORT Tensor* dkl_div(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::div(*left, *right); });
}

DKL_EXPORT Tensor* dkl_neg(const Tensor* tensor) {
  return dkl::made([&] { return at::neg(*tensor); });
}

DKL_EXPORT Tensor* dkl_exp(const Tensor* tensor) {
  return dkl::made([&] { return at::exp(*tensor); });
}

DKL_EXPORT Tensor* dkl_log(const Tensor* tensor) {
  return dkl::made([&] { return at::log(*tensor); });
}

DKL_EXPORT Tensor* dkl_sqrt(const Tensor* tensor) {
  return dkl::made([&] { return at::sqrt(*tensor); });
}

DKL_EXPORT Tensor* dkl_square(const Tensor* tensor) {
  return dkl::made([&] { return at::square(*tensor); });
}

DKL_EXPORT Tensor* dkl_abs(const Tensor* tensor) {
  return dkl::made([&] { return at::abs(*tensor); });
}

DKL_EXPORT Tensor* dkl_relu(const Tensor* tensor) {
  return dkl::made([&] { return at::relu(*tensor); });
}

DKL_EXPORT Tensor* dkl_tanh(const Tensor* tensor) {
  return dkl::made([&] { return at::tanh(*tensor); });
}

DKL_EXPORT Tensor* dkl_clamp_max(const Tensor* tensor, double greatest) {
  return dkl::made([&] { return at::clamp_max(*tensor, greatest); });
}

DKL_EXPORT Tensor* dkl_lt(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::lt(*left, *right); });
}

DKL_EXPORT Tensor* dkl_ne(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::ne(*left, *right); });
}

DKL_EXPORT Tensor* dkl_lt_scalar(const Tensor* left, double right) {
  return dkl::made([&] { return at::lt(*left, right); });
}

DKL_EXPORT Tensor* dkl_ge_scalar(const Tensor* left, double right) {
  return dkl::made([&] { return at::ge(*left, right); });
}

DKL_EXPORT Tensor* dkl_logical_not(const Tensor* tensor) {
  return dkl::made([&] { return at::logical_not(*tensor); });
}

DKL_EXPORT Tensor* dkl_where(const Tensor* condition, const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::where(*condition, *left, *right); });
}

DKL_EXPORT Tensor* dkl_sum(const Tensor* tensor) {
  return dkl::made([&] { return at::sum(*tensor); });
}

DKL_EXPORT Tensor* dkl_sum_over(const Tensor* tensor, std::int64_t dimension, std::int32_t keep) {
  return dkl::made([&] { return at::sum(*tensor, at::IntArrayRef(dimension), keep != 0); });
}

DKL_EXPORT std::int32_t dkl_logical_or_(Tensor* tensor, const Tensor* other) {
  return dkl::done([&] { tensor->logical_or_(*other); });
}

DKL_EXPORT std::int32_t dkl_masked_fill_(Tensor* tensor, const Tensor* mask, double value) {
  return dkl::done([&] { tensor->masked_fill_(*mask, value); });
}

// Takes over the values where the condition holds.
DKL_EXPORT std::int32_t dkl_keep_(Tensor* tensor, const Tensor* condition, const Tensor* values) {
  return dkl::done([&] { at::where_out(*tensor, *condition, *values, *tensor); });
}

DKL_EXPORT std::int32_t dkl_add_(Tensor* tensor, const Tensor* other, double factor) {
  return dkl::done([&] { tensor->add_(*other, factor); });
}

DKL_EXPORT std::int32_t dkl_add_scalar_(Tensor* tensor, double value) {
  return dkl::done([&] { tensor->add_(value); });
}

DKL_EXPORT std::int32_t dkl_sub_(Tensor* tensor, const Tensor* other) {
  return dkl::done([&] { tensor->sub_(*other); });
}

DKL_EXPORT std::int32_t dkl_mul_(Tensor* tensor, const Tensor* other) {
  return dkl::done([&] { tensor->mul_(*other); });
}

DKL_EXPORT std::int32_t dkl_mul_scalar_(Tensor* tensor, double value) {
  return dkl::done([&] { tensor->mul_(value); });
}

DKL_EXPORT std::int32_t dkl_addcmul_(Tensor* tensor, const Tensor* left, const Tensor* right, double factor) {
  return dkl::done([&] { tensor->addcmul_(*left, *right, factor); });
}

DKL_EXPORT std::int32_t dkl_lerp_(Tensor* tensor, const Tensor* end, double weight) {
  return dkl::done([&] { tensor->lerp_(*end, weight); });
}

DKL_EXPORT std::int32_t dkl_copy_(Tensor* tensor, const Tensor* source) {
  return dkl::done([&] { tensor->copy_(*source); });
}
