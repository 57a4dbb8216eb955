using System.Numerics;
using System.Runtime.InteropServices;
using DklActors.Learning.Linear;

namespace DklActors.Learning.Optimisation;

/// <summary>Adam with bias correction (Kingma and Ba 2015), β = (0.9, 0.999), ε = 1e-8.</summary>
internal sealed class Adam<T>(int count, double learningRate, int threads = 1)
    where T : struct, IFloatingPointIeee754<T>
{
    // Four such arrays and the gradient fit into the second-level cache.
    private const int TileSize = 32_768;

    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly T[] _first = new T[count];
    private readonly T[] _second = new T[count];
    private int _step;

    /// <summary>target = source − step; they may be the same.</summary>
    public void Step(T[] gradient, T[] source, T[] target)
    {
        _step++;
        T rate = T.CreateChecked(learningRate / (1.0 - Math.Pow(FirstDecay, _step)));
        T correction = T.CreateChecked(1.0 / (1.0 - Math.Pow(SecondDecay, _step)));
        Tiles.ForEach(_first.Length, TileSize, threads, (start, length) => StepTile(
            gradient.AsSpan(start, length), source.AsSpan(start, length), target.AsSpan(start, length),
            _first.AsSpan(start, length), _second.AsSpan(start, length), rate, correction));
    }

    private static void StepTile(
        ReadOnlySpan<T> gradient, ReadOnlySpan<T> source, Span<T> target, Span<T> first, Span<T> second, T rate,
        T correction)
    {
        T firstDecay = T.CreateChecked(FirstDecay), secondDecay = T.CreateChecked(SecondDecay);
        T epsilon = T.CreateChecked(Epsilon), least = T.CreateChecked(Negligible.Slope);
        Span<Vector<T>> p = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> s = MemoryMarshal.Cast<T, Vector<T>>(source)[..p.Length];
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient)[..p.Length];
        Span<Vector<T>> m = MemoryMarshal.Cast<T, Vector<T>>(first)[..p.Length];
        Span<Vector<T>> v = MemoryMarshal.Cast<T, Vector<T>>(second)[..p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            Vector<T> slope = Cleared(g[i], least);
            m[i] = Cleared((m[i] * firstDecay) + (slope * (T.One - firstDecay)), least);
            v[i] = (v[i] * secondDecay) + (slope * slope * (T.One - secondDecay));
            p[i] = s[i] - (m[i] * rate / (Vector.SquareRoot(v[i] * correction) + new Vector<T>(epsilon)));
        }

        for (int i = p.Length * Vector<T>.Count; i < target.Length; i++)
        {
            T slope = T.Abs(gradient[i]) < least ? T.Zero : gradient[i];
            T mean = (first[i] * firstDecay) + (slope * (T.One - firstDecay));
            first[i] = T.Abs(mean) < least ? T.Zero : mean;
            second[i] = (second[i] * secondDecay) + (slope * slope * (T.One - secondDecay));
            target[i] = source[i] - (first[i] * rate / (T.Sqrt(second[i] * correction) + epsilon));
        }
    }

    private static Vector<T> Cleared(Vector<T> values, T least) => Vector.ConditionalSelect(
        Vector.LessThan(Vector.Abs(values), new Vector<T>(least)), Vector<T>.Zero, values);
}
