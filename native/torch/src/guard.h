// What every function of the interface does alike: no exception of C++ leaves it. One that makes a tensor gives null
// instead, one that does something gives 1, and the message is kept for the thread that asked.
#pragma once

#include <ATen/ATen.h>

#include <atomic>
#include <cstdint>
#include <utility>

#define DKL_EXPORT extern "C" __attribute__((visibility("default")))

namespace dkl {

using at::Tensor;

// Tensors that somebody outside holds.
extern std::atomic<std::int64_t> live;

// Keeps the message of the exception that is being handled.
void remember() noexcept;

// The tensor leaves the interface; whoever gets it has to give it back to dkl_free.
inline Tensor* hand_out(Tensor value) {
  auto* handle = new Tensor(std::move(value));
  live.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

template <class Make>
Tensor* made(Make&& make) noexcept {
  try {
    return hand_out(make());
  } catch (...) {
    remember();
    return nullptr;
  }
}

template <class Act>
std::int32_t done(Act&& act) noexcept {
  try {
    act();
    return 0;
  } catch (...) {
    remember();
    return 1;
  }
}

inline at::ScalarType type_of(std::int32_t type) { return static_cast<at::ScalarType>(type); }

// -1 as index is the current device of the kind.
inline at::Device device_of(std::int32_t kind, std::int32_t index) {
  return at::Device(static_cast<at::DeviceType>(kind), static_cast<c10::DeviceIndex>(index));
}

inline at::TensorOptions options_of(std::int32_t type, std::int32_t kind, std::int32_t index) {
  return at::TensorOptions().dtype(type_of(type)).device(device_of(kind, index));
}

inline at::IntArrayRef list_of(const std::int64_t* values, std::int32_t count) {
  return {values, static_cast<std::size_t>(count)};
}

}  // namespace dkl
