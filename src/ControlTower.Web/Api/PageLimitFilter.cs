namespace ControlTower.Web.Api;

/// <summary>Refuses a page size out of its range, for every list at once.</summary>
internal sealed class PageLimitFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<PageQuery>().Any(page => !page.IsInRange)
            ? ValueTask.FromResult<object?>(
                Problems.Invalid($"limit: a whole number from 1 to {PageQuery.Most}; {PageQuery.Default} without it."))
            : next(context);
}
