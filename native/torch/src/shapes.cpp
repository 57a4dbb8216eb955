// Other views of the same values, and parts of them.
#include "guard.h"

#include <vector>

using dkl::Tensor;

DKL_EXPORT Tensor* dkl_reshape(const Tensor* tensor, const std::int64_t* shape, std::int32_t dimensions) {
  return dkl::made([&] { return tensor->reshape(dkl::list_of(shape, dimensions)); });
}

DKL_EXPORT Tensor* dkl_t(const Tensor* tensor) {
  return dkl::made([&] { return tensor->t(); });
}

DKL_EXPORT Tensor* dkl_unsqueeze(const Tensor* tensor, std::int64_t dimension) {
  return dkl::made([&] { return tensor->unsqueeze(dimension); });
}

DKL_EXPORT Tensor* dkl_narrow(const Tensor* tensor, std::int64_t dimension, std::int64_t start, std::int64_t length) {
  return dkl::made([&] { return tensor->narrow(dimension, start, length); });
}

// Writes as many handles as there are lengths.
DKL_EXPORT std::int32_t dkl_split(
    const Tensor* tensor, const std::int64_t* lengths, std::int32_t count, std::int64_t dimension, Tensor** parts) {
  return dkl::done([&] {
    std::vector<Tensor> split = tensor->split_with_sizes(dkl::list_of(lengths, count), dimension);
    for (std::size_t i = 0; i < split.size(); i++) {
      parts[i] = dkl::hand_out(split[i]);
    }
  });
}

DKL_EXPORT Tensor* dkl_cat(const Tensor* const* tensors, std::int32_t count, std::int64_t dimension) {
  return dkl::made([&] {
    std::vector<Tensor> parts;
    parts.reserve(static_cast<std::size_t>(count));
    for (std::int32_t i = 0; i < count; i++) {
      parts.push_back(*tensors[i]);
    }
    return at::cat(parts, dimension);
  });
}

DKL_EXPORT Tensor* dkl_index_select(const Tensor* tensor, std::int64_t dimension, const Tensor* indices) {
  return dkl::made([&] { return tensor->index_select(dimension, *indices); });
}

// Elements of the tensor as if it had one dimension, in the shape of the indices.
DKL_EXPORT Tensor* dkl_take(const Tensor* tensor, const Tensor* indices) {
  return dkl::made([&] { return tensor->take(*indices); });
}

DKL_EXPORT Tensor* dkl_diagonal(const Tensor* tensor) {
  return dkl::made([&] { return tensor->diagonal(); });
}
