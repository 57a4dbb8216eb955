// Threads and devices. Streams go by the interface that libtorch has for any kind of device, so that nothing of CUDA is
// needed to compile this.
#include "guard.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>

DKL_EXPORT std::int32_t dkl_threads() { return at::get_num_threads(); }

DKL_EXPORT std::int32_t dkl_set_threads(std::int32_t count) {
  return dkl::done([&] { at::set_num_threads(count); });
}

// Whether this processor can take numbers below the normal range for 0; of this thread.
DKL_EXPORT std::int32_t dkl_set_flush_denormal(std::int32_t flush) {
  return at::globalContext().setFlushDenormal(flush != 0) ? 1 : 0;
}

DKL_EXPORT std::int32_t dkl_cuda_devices() {
  std::int32_t count = 0;
  dkl::done([&] {
    if (at::hasCUDA()) {
      count = c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount();
    }
  });
  return count;
}

// A stream of this thread's own out of libtorch's pool, until dkl_leave_stream; tells which one there was.
DKL_EXPORT std::int32_t dkl_enter_stream(std::int32_t index, std::int64_t before[2]) {
  return dkl::done([&] {
    c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
    guard.setDevice(dkl::device_of(static_cast<std::int32_t>(c10::DeviceType::CUDA), index));
    auto stream = guard.getStreamFromGlobalPool(
        dkl::device_of(static_cast<std::int32_t>(c10::DeviceType::CUDA), index));
    auto last = guard.exchangeStream(stream);

    // A thread that has not asked CUDA for anything yet has no context, and cuBLAS complains of that.
    guard.queryStream(stream);
    before[0] = last.id();
    before[1] = last.device().index();
  });
}

DKL_EXPORT std::int32_t dkl_leave_stream(const std::int64_t before[2]) {
  return dkl::done([&] {
    c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
    guard.exchangeStream(c10::Stream(
        c10::Stream::UNSAFE,
        dkl::device_of(static_cast<std::int32_t>(c10::DeviceType::CUDA), static_cast<std::int32_t>(before[1])),
        before[0]));
  });
}
