// Messages of failures, tensors handed out, and the versions.
#include "guard.h"

#include <torch/version.h>

#include <exception>
#include <string>

namespace dkl {

std::atomic<std::int64_t> live{0};

namespace {
thread_local std::string message;
}

void remember() noexcept {
  try {
    try {
      throw;
    } catch (const c10::Error& error) {
      message = error.what_without_backtrace();
    } catch (const std::exception& error) {
      message = error.what();
    } catch (...) {
      message = "an exception that is none of the standard library's";
    }
  } catch (...) {
    message.clear();  // No memory for a message.
  }
}

}  // namespace dkl

// Counts up with every change of the interface, so that a library of another build is noticed.
DKL_EXPORT std::int32_t dkl_interface() { return 2; }

DKL_EXPORT const char* dkl_torch_version() { return TORCH_VERSION; }

// Of the last failure on this thread; valid until the next one.
DKL_EXPORT const char* dkl_last_error() { return dkl::message.c_str(); }

DKL_EXPORT std::int64_t dkl_live_tensors() { return dkl::live.load(std::memory_order_relaxed); }

DKL_EXPORT void dkl_free(dkl::Tensor* tensor) {
  if (tensor != nullptr) {
    delete tensor;
    dkl::live.fetch_sub(1, std::memory_order_relaxed);
  }
}
