using System.Collections.Immutable;
using System.Reflection;
using DklActors.Messages.Events;

namespace DklActors.Messages.Tests.Serialization;

/// <summary>
/// Builds an event of any type by filling its constructor, however deep, with awkward values. A new event or field
/// is covered without a line here, unless its type is new as well.
/// </summary>
/// <param name="seed">Chooses among the awkward values; the same seed gives the same event.</param>
internal sealed class AnyEvent(int seed)
{
    private static readonly double[] Numbers =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, -1.5,
        0.1 + 0.2, -0.0,
    ];

    private static readonly string[] Texts =
        [string.Empty, "Si K", "ångström \"quoted\" \\ \n\t", "電子 🔬", "null", "<b>&amp;</b>"];

    private readonly Random _random = new(seed);

    public JournalEvent Build(Type type) => (JournalEvent)Fill(type, nullable: false)!;

    private object? Fill(Type type, bool nullable)
    {
        if (nullable && _random.Next(2) == 0)
        {
            return null;
        }

        return type switch
        {
            _ when type == typeof(string) => Pick(Texts),
            _ when type == typeof(double) => Pick(Numbers),
            _ when type == typeof(int) => Pick([0, -1, int.MinValue, int.MaxValue]),
            _ when type == typeof(ulong) => Pick([0UL, 1UL, ulong.MaxValue]),
            _ when type == typeof(bool) => Pick([true, false]),
            _ when type == typeof(Guid) => Pick([Guid.Empty, new Guid(7, 8, 9, new byte[8])]),
            _ when type == typeof(TimeSpan) =>
                Pick([TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.MinValue, new TimeSpan(-1), TimeSpan.FromDays(3.7)]),
            { IsEnum: true } => Pick([.. Enum.GetValues(type).Cast<object>()]),
            _ when type == typeof(ImmutableSortedDictionary<string, string>) =>
                ImmutableSortedDictionary<string, string>.Empty.Add("kind", Pick(Texts)).Add(Pick(Texts), "1 eV"),
            { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) => Items(type),
            _ => Construct(type),
        };
    }

    private object Construct(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors()
            .MaxBy(static candidate => candidate.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} has no public constructor; teach {nameof(AnyEvent)} about it.");
        return constructor.Invoke([.. constructor.GetParameters().Select(FillParameter)]);
    }

    private object? FillParameter(ParameterInfo parameter)
    {
        bool nullable = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        return Fill(parameter.ParameterType, nullable);
    }

    private object Items(Type arrayType)
    {
        Type item = arrayType.GetGenericArguments()[0];
        var items = Array.CreateInstance(item, _random.Next(3));
        for (int i = 0; i < items.Length; i++)
        {
            items.SetValue(Fill(item, nullable: false), i);
        }

        MethodInfo create = typeof(ImmutableArray).GetMethods().Single(static method =>
            method.Name == nameof(ImmutableArray.Create)
            && method.GetParameters() is [{ ParameterType.IsArray: true }]);
        return create.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
