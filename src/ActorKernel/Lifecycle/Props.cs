using System.Linq.Expressions;
using System.Reflection;

namespace DklActors.ActorKernel;

/// <summary>
/// The recipe for an actor. Immutable, and used again at each restart: the arguments are evaluated once, when the
/// Props are made, and every incarnation is constructed with the same ones.
/// </summary>
public sealed record Props
{
    private readonly Func<ActorBase> _construct;

    private Props(Type type, Func<ActorBase> construct)
    {
        Type = type;
        _construct = construct;
    }

    public Type Type { get; }

    /// <summary>The name of a mailbox definition in the settings; null for the default one.</summary>
    public string? Mailbox { get; private init; }

    /// <summary>Goes before the actor's own strategy for its children.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>Null: the actor itself, and no router in front of it.</summary>
    public RouterConfig? RouterConfig { get; private init; }

    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    public static Props Create(Type type, params object?[] args)
    {
        if (!typeof(ActorBase).IsAssignableFrom(type) || type.IsAbstract)
        {
            throw new ArgumentException(
                $"{type.FullName} is not an actor class that can be constructed.", nameof(type));
        }

        const BindingFlags AnyConstructor =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions;
        return new Props(type, () => (ActorBase)Activator.CreateInstance(
            type, AnyConstructor, binder: null, args, culture: null)!);
    }

    /// <summary>Props from an expression of the form <c>() => new T(…)</c>.</summary>
    /// <exception cref="ArgumentException">The expression is of another form.</exception>
    public static Props Create<TActor>(
        Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: { } constructor } creation)
        {
            throw new ArgumentException(
                $"Props.Create needs an expression of the form () => new {typeof(TActor).Name}(…), "
                + $"not {factory.Body}.",
                nameof(factory));
        }

        var args = creation.Arguments.Select(Evaluate).ToArray();
        return new Props(typeof(TActor), () => (ActorBase)constructor.Invoke(
            BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null))
        {
            SupervisorStrategy = supervisorStrategy,
        };
    }

    public Props WithMailbox(string mailbox) => this with { Mailbox = mailbox };

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        this with { SupervisorStrategy = supervisorStrategy };

    /// <summary>A router with such actors as routees.</summary>
    public Props WithRouter(RouterConfig? routerConfig) => this with { RouterConfig = routerConfig };

    internal ActorBase NewActor() => _construct();

    // Nearly every argument is a constant, or a variable that the compiler has put into a field: compiling an
    // expression to read it would cost more than the actor.
    private static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member =>
            field.GetValue(member.Expression is { } owner ? Evaluate(owner) : null),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object)))
            .Compile(preferInterpretation: true)(),
    };
}
