// Tensors from values, and values from tensors.
#include "guard.h"

#include <cstring>

using dkl::Tensor;

// Copies the values; they may go when this returns.
DKL_EXPORT Tensor* dkl_from(
    const void* values, const std::int64_t* shape, std::int32_t dimensions, std::int32_t type, std::int32_t kind,
    std::int32_t index) {
  return dkl::made([&] {
    auto options = at::TensorOptions().dtype(dkl::type_of(type));
    auto borrowed = at::from_blob(const_cast<void*>(values), dkl::list_of(shape, dimensions), options);
    return borrowed.to(dkl::device_of(kind, index), dkl::type_of(type), /*non_blocking=*/false, /*copy=*/true);
  });
}

DKL_EXPORT Tensor* dkl_full(
    double value, const std::int64_t* shape, std::int32_t dimensions, std::int32_t type, std::int32_t kind,
    std::int32_t index) {
  return dkl::made([&] {
    return at::full(dkl::list_of(shape, dimensions), value, dkl::options_of(type, kind, index));
  });
}

DKL_EXPORT Tensor* dkl_eye(std::int64_t order, std::int32_t type, std::int32_t kind, std::int32_t index) {
  return dkl::made([&] { return at::eye(order, dkl::options_of(type, kind, index)); });
}

DKL_EXPORT Tensor* dkl_arange(
    std::int64_t start, std::int64_t stop, std::int32_t type, std::int32_t kind, std::int32_t index) {
  return dkl::made([&] { return at::arange(start, stop, dkl::options_of(type, kind, index)); });
}

// Row-major values on the host; waits for the device. The type must be the tensor's.
DKL_EXPORT std::int32_t dkl_read(const Tensor* tensor, void* target, std::int64_t bytes, std::int32_t type) {
  return dkl::done([&] {
    TORCH_CHECK(
        tensor->scalar_type() == dkl::type_of(type), "a tensor of ", tensor->scalar_type(), " was read as ",
        dkl::type_of(type));
    auto host = tensor->detach().to(at::kCPU).contiguous();
    TORCH_CHECK(
        static_cast<std::int64_t>(host.nbytes()) == bytes, "a tensor of ", host.nbytes(), " bytes was read into ",
        bytes);
    std::memcpy(target, host.data_ptr(), host.nbytes());
  });
}

DKL_EXPORT std::int32_t dkl_item(const Tensor* tensor, double* value) {
  return dkl::done([&] { *value = tensor->item().toDouble(); });
}

DKL_EXPORT Tensor* dkl_to(
    const Tensor* tensor, std::int32_t type, std::int32_t kind, std::int32_t index) {
  return dkl::made([&] { return tensor->to(dkl::device_of(kind, index), dkl::type_of(type)); });
}

DKL_EXPORT std::int32_t dkl_type(const Tensor* tensor) { return static_cast<std::int32_t>(tensor->scalar_type()); }

DKL_EXPORT std::int32_t dkl_dimensions(const Tensor* tensor) { return static_cast<std::int32_t>(tensor->dim()); }

DKL_EXPORT std::int64_t dkl_size(const Tensor* tensor, std::int32_t dimension) { return tensor->sizes()[dimension]; }

DKL_EXPORT void dkl_device(const Tensor* tensor, std::int32_t* kind, std::int32_t* index) {
  *kind = static_cast<std::int32_t>(tensor->device().type());
  *index = tensor->device().index();
}
