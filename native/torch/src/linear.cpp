// Linear algebra.
#include "guard.h"

#include <tuple>

using dkl::Tensor;

DKL_EXPORT Tensor* dkl_matmul(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::matmul(*left, *right); });
}

// Sum of the products of two vectors' elements.
DKL_EXPORT Tensor* dkl_dot(const Tensor* left, const Tensor* right) {
  return dkl::made([&] { return at::dot(*left, *right); });
}

// input · weightᵀ + bias.
DKL_EXPORT Tensor* dkl_linear(const Tensor* input, const Tensor* weight, const Tensor* bias) {
  return dkl::made([&] { return at::linear(*input, *weight, *bias); });
}

// Euclidean distances of rows by their differences, not by products: near points keep their digits.
DKL_EXPORT Tensor* dkl_cdist(const Tensor* left, const Tensor* right, double power, std::int64_t mode) {
  return dkl::made([&] { return at::cdist(*left, *right, power, mode); });
}

DKL_EXPORT Tensor* dkl_cholesky(const Tensor* matrix) {
  return dkl::made([&] { return at::linalg_cholesky(*matrix); });
}

// Without waiting for the device: whether it succeeded is told by a tensor, which is 0 then.
DKL_EXPORT Tensor* dkl_cholesky_ex(const Tensor* matrix, Tensor** info) {
  return dkl::made([&] {
    auto [factor, code] = at::linalg_cholesky_ex(*matrix);
    *info = dkl::hand_out(code);
    return factor;
  });
}

DKL_EXPORT Tensor* dkl_cholesky_inverse(const Tensor* factor) {
  return dkl::made([&] { return at::cholesky_inverse(*factor); });
}

DKL_EXPORT Tensor* dkl_cholesky_solve(const Tensor* right, const Tensor* factor) {
  return dkl::made([&] { return at::cholesky_solve(*right, *factor); });
}

DKL_EXPORT Tensor* dkl_solve_triangular(const Tensor* matrix, const Tensor* right, std::int32_t upper) {
  return dkl::made([&] { return at::linalg_solve_triangular(*matrix, *right, upper != 0); });
}
