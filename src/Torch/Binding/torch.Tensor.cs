using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

public static partial class torch
{
    /// <summary>
    /// A tensor of libtorch. Freed when it or the scope it was made in is disposed of, and otherwise by the finaliser.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private DisposeScope? _scope;

        private protected Tensor(nint tensor)
        {
            if (tensor == 0)
            {
                throw TorchException.Last();
            }

            Handle = new TensorHandle(tensor);
            _scope = DisposeScope.Innermost;
            _scope?.Add(this);
        }

        public ScalarType dtype => (ScalarType)NativeMethods.dkl_type(Handle);

        public Device device
        {
            get
            {
                NativeMethods.dkl_device(Handle, out int kind, out int index);
                return new Device((DeviceType)kind, index);
            }
        }

        public long[] shape
        {
            get
            {
                long[] sizes = new long[NativeMethods.dkl_dimensions(Handle)];
                for (int i = 0; i < sizes.Length; i++)
                {
                    sizes[i] = NativeMethods.dkl_size(Handle, i);
                }

                return sizes;
            }
        }

        public long NumberOfElements => shape.Aggregate(1L, static (product, size) => product * size);

        internal TensorHandle Handle { get; }

        public void Dispose()
        {
            Handle.Dispose();
            GC.SuppressFinalize(this);
        }

        /// <summary>Leaves the tensor to the scope around the one that it is in.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            _scope = _scope?.Outer;
            _scope?.Add(this);
            return this;
        }

        /// <summary>Leaves the tensor to the caller alone.</summary>
        public Tensor DetachFromDisposeScope()
        {
            _scope = null;
            return this;
        }

        /// <summary>Values on the host; waits for the device.</summary>
        /// <exception cref="TorchException">The type is another, or what was computed failed.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged => new(this);

        /// <summary>The one value of a tensor of one element; waits for the device.</summary>
        public T item<T>()
            where T : unmanaged
        {
            TorchException.Check(NativeMethods.dkl_item(Handle, out double value));
            return (T)Convert.ChangeType(value, typeof(T));
        }

        public Tensor cpu() => to(CPU);

        public Tensor to(ScalarType type) => To(type, device);

        public Tensor to(Device device)
        {
            ArgumentNullException.ThrowIfNull(device);
            return To(dtype, device);
        }

        public override string ToString() => $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        internal static Tensor Made(nint tensor) => new(tensor);

        internal void DisposeWith(DisposeScope scope)
        {
            if (_scope == scope)
            {
                Dispose();
            }
        }

        internal void Read<T>(Span<T> target)
            where T : unmanaged
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(target);
            TorchException.Check(NativeMethods.dkl_read(Handle, bytes, bytes.Length, (int)TypeOf<T>()));
        }

        private static ScalarType TypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Single => float32,
            TypeCode.Double => float64,
            TypeCode.Int32 => int32,
            TypeCode.Int64 => int64,
            TypeCode.Boolean => @bool,
            _ => throw new ArgumentException($"No tensor has elements of type {typeof(T).Name} here."),
        };

        private Tensor To(ScalarType type, Device device) =>
            Made(NativeMethods.dkl_to(Handle, (int)type, (int)device.type, device.index));
    }
}
