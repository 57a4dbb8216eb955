using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Optimisation;

/// <summary>Adam with bias correction (Kingma and Ba 2015), β = (0.9, 0.999), ε = 1e-8.</summary>
internal sealed class Adam<T>(int count, double learningRate)
    where T : struct, IFloatingPointIeee754<T>
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly T[] _first = new T[count];
    private readonly T[] _second = new T[count];
    private int _step;

    public void Step(ReadOnlySpan<T> gradient, Span<T> parameters)
    {
        _step++;
        T rate = T.CreateChecked(learningRate / (1.0 - Math.Pow(FirstDecay, _step)));
        T correction = T.CreateChecked(1.0 / (1.0 - Math.Pow(SecondDecay, _step)));
        T firstDecay = T.CreateChecked(FirstDecay), secondDecay = T.CreateChecked(SecondDecay);
        T epsilon = T.CreateChecked(Epsilon);
        Span<Vector<T>> p = MemoryMarshal.Cast<T, Vector<T>>(parameters);
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient)[..p.Length];
        Span<Vector<T>> m = MemoryMarshal.Cast<T, Vector<T>>(_first.AsSpan())[..p.Length];
        Span<Vector<T>> v = MemoryMarshal.Cast<T, Vector<T>>(_second.AsSpan())[..p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            m[i] = (m[i] * firstDecay) + (g[i] * (T.One - firstDecay));
            v[i] = (v[i] * secondDecay) + (g[i] * g[i] * (T.One - secondDecay));
            p[i] -= m[i] * rate / (Vector.SquareRoot(v[i] * correction) + new Vector<T>(epsilon));
        }

        for (int i = p.Length * Vector<T>.Count; i < parameters.Length; i++)
        {
            _first[i] = (_first[i] * firstDecay) + (gradient[i] * (T.One - firstDecay));
            _second[i] = (_second[i] * secondDecay) + (gradient[i] * gradient[i] * (T.One - secondDecay));
            parameters[i] -= _first[i] * rate / (T.Sqrt(_second[i] * correction) + epsilon);
        }
    }
}
