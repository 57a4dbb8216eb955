using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using DklActors.Messages.Events;

namespace DklActors.Architecture.Tests.Contracts;

/// <summary>Messages go from thread to thread and into the journal: nobody may change one on the way.</summary>
public sealed class ImmutabilityTests
{
    private static readonly Type[] Types = [.. typeof(JournalEvent).Assembly.GetExportedTypes()];

    [Fact]
    public void No_property_can_be_set_after_construction() =>
        Types.SelectMany(PropertiesOf).Where(CanBeSetLater).Select(NameOf).Should().BeEmpty();

    [Fact]
    public void No_field_is_open_to_change() =>
        Types.Where(type => !type.IsEnum)
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false }).Select(NameOf).Should().BeEmpty();

    [Fact]
    public void No_property_hands_out_something_mutable() =>
        Types.SelectMany(PropertiesOf).Where(property => IsMutable(property.PropertyType)).Select(NameOf)
            .Should().BeEmpty();

    [Fact]
    public void No_record_can_be_derived_from_but_the_bases_meant_for_it() =>
        Types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).Should().BeEmpty();

    [Theory]
    [InlineData(typeof(int[]), true)]
    [InlineData(typeof(List<int>), true)]
    [InlineData(typeof(IReadOnlyList<int>), true)]
    [InlineData(typeof(Memory<float>), true)]
    [InlineData(typeof(ImmutableArray<int>), false)]
    [InlineData(typeof(ImmutableArray<List<int>>), true)]
    [InlineData(typeof(ReadOnlyMemory<float>), false)]
    [InlineData(typeof(string), false)]
    [InlineData(typeof(int?), false)]
    public void The_rule_tells_mutable_types_from_immutable_ones(Type type, bool mutable) =>
        IsMutable(type).Should().Be(mutable);

    private static PropertyInfo[] PropertiesOf(Type type) => type.GetProperties(
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static bool CanBeSetLater(PropertyInfo property) =>
        property.SetMethod is { IsPublic: true } setter
        && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    // An interface such as IReadOnlyList may hide a list that somebody still holds, so it counts as mutable.
    private static bool IsMutable(Type type)
    {
        if (type.IsGenericType && type.GetGenericArguments().Any(IsMutable))
        {
            return true;
        }

        bool immutable = type == typeof(string)
            || type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen";
        bool memory = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Memory<>);
        return memory || (!immutable && typeof(IEnumerable).IsAssignableFrom(type));
    }

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
